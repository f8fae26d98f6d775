using SkyCompat.Conformance.Suites;

namespace SkyCompat.Conformance;

/// <summary>The contract of managed clusters.</summary>
public static class ClusterSuite
{
    /// <summary>All cases. An adapter conforms if it passes each, or skips it for a reason that is reported.</summary>
    public static IReadOnlyList<ClusterCase> All { get; } = [.. ClusterCases.All, .. NodePoolCases.All];

    /// <summary>Runs one case.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="harness">The adapter under test, initialized.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>Null if it passed, the reason if it was skipped; a failure is thrown as it happened.</returns>
    /// <exception cref="ConformanceException">The case does not hold.</exception>
    public static async Task<string?> RunAsync(string id, ClusterHarness harness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(harness);
        var found = All.FirstOrDefault(item => item.Id == id) ?? throw new ArgumentException($"There is no case '{id}'.", nameof(id));
        if (harness.Quirks.TryGetValue(id, out var quirk))
        {
            return $"Known deviation: {quirk}";
        }

        if (!harness.Clusters.Capabilities.Supports(found.Requires))
        {
            return $"Clusters lack {found.Requires & ~harness.Clusters.Capabilities.Features}.";
        }

        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        guard.CancelAfter(harness.CaseTimeout);
        try
        {
            await found.Body(new ClusterContext(harness, id), guard.Token);
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
    }
}
