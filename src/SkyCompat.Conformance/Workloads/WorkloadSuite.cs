using SkyCompat.Conformance.Suites;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance;

/// <summary>The contract of workloads.</summary>
public static class WorkloadSuite
{
    /// <summary>All cases. A cluster conforms if it passes each, or skips it for a reason that is reported.</summary>
    public static IReadOnlyList<WorkloadCase> All { get; } =
    [
        .. WorkloadKindCases.All, .. WorkloadPartCases.All, .. WorkloadApplyCases.All, .. PodAccessCases.All, .. WorkloadTroubleCases.All,
    ];

    /// <summary>Runs one case in a namespace of its own.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="harness">The cluster under test, initialized.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>Null if it passed, the reason if it was skipped; a failure is thrown as it happened.</returns>
    /// <exception cref="ConformanceException">The case does not hold.</exception>
    public static async Task<string?> RunAsync(string id, WorkloadHarness harness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(harness);
        var found = All.FirstOrDefault(item => item.Id == id) ?? throw new ArgumentException($"There is no case '{id}'.", nameof(id));
        if (harness.Quirks.TryGetValue(id, out var quirk))
        {
            return $"Known deviation: {quirk}";
        }

        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        guard.CancelAfter(harness.CaseTimeout);
        var name = harness.NewNamespaceName();
        var workloads = harness.Cluster.GetWorkloads(name);
        try
        {
            await workloads.GetRequiredService<INamespaces>().CreateAsync(name, guard.Token);
            await found.Body(new WorkloadContext(harness, id, workloads), guard.Token);
            return null;
        }
        catch (ConformanceSkipException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException exception) when (guard.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ConformanceException($"'{id}' did not end within {harness.CaseTimeout}.", exception);
        }
        finally
        {
            harness.Forget(name);
        }
    }
}
