using SkyCompat.Conformance.Suites;

namespace SkyCompat.Conformance;

/// <summary>The compute contract.</summary>
public static class ComputeSuite
{
    /// <summary>All cases. An adapter conforms if it passes each, or skips it for a reason that is reported.</summary>
    public static IReadOnlyList<ComputeCase> All { get; } = [.. OfferCases.All, .. LaunchCases.All, .. InstanceCases.All, .. OperationCases.All, .. MachineResourceCases.All, .. SweepCases.All];

    /// <summary>Runs one case.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="harness">The adapter under test, initialized.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>Null if it passed, the reason if it was skipped; a failure is thrown as it happened.</returns>
    /// <exception cref="ConformanceException">The case does not hold.</exception>
    public static async Task<string?> RunAsync(string id, ComputeHarness harness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(harness);
        var found = All.FirstOrDefault(item => item.Id == id) ?? throw new ArgumentException($"There is no case '{id}'.", nameof(id));
        if (harness.Quirks.TryGetValue(id, out var quirk))
        {
            return $"Known deviation: {quirk}";
        }

        if (!harness.Compute.Capabilities.Supports(found.Requires))
        {
            return $"Compute lacks {found.Requires & ~harness.Compute.Capabilities.Features}.";
        }

        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        guard.CancelAfter(harness.CaseTimeout);
        try
        {
            await found.Body(new ComputeContext(harness, id), guard.Token);
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
