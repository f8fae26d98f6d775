namespace SkyCompat.Conformance;

/// <summary>Runs cases, independent of any test framework.</summary>
public static class ConformanceRunner
{
    /// <summary>Runs one case.</summary>
    /// <param name="conformanceCase">The case.</param>
    /// <param name="harness">The adapter under test, initialized.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>Passed or skipped; a failure is thrown as it happened, so that a test framework shows it best.</returns>
    /// <exception cref="ConformanceException">The case does not hold.</exception>
    public static async Task<ConformanceResult> RunAsync(ConformanceCase conformanceCase, ConformanceHarness harness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conformanceCase);
        ArgumentNullException.ThrowIfNull(harness);
        var skip = harness.FindQuirk(conformanceCase.Id) switch
        {
            null => await GuardedAsync(conformanceCase, harness, cancellationToken),
            var quirk when harness.Scale.RunQuirks => await RunQuirkAsync(conformanceCase, harness, quirk, cancellationToken),
            var quirk => $"Known deviation: {quirk}",
        };
        return new ConformanceResult(conformanceCase, skip is null ? ConformanceOutcome.Passed : ConformanceOutcome.Skipped, skip);
    }

    /// <summary>Runs suites from beginning to end and reports every case.</summary>
    /// <param name="harness">The adapter under test, initialized.</param>
    /// <param name="suites">The suites; null for all.</param>
    /// <param name="progress">Told each result as it comes; null for nobody.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>All results.</returns>
    public static async Task<CapabilityReport> RunAllAsync(
        ConformanceHarness harness, IEnumerable<ConformanceSuite>? suites = null, IProgress<ConformanceResult>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(harness);
        var results = new List<ConformanceResult>();
        foreach (var conformanceCase in (suites ?? ConformanceSuites.All).SelectMany(suite => suite.Cases))
        {
            ConformanceResult result;
            try
            {
                result = await RunAsync(conformanceCase, harness, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever a case throws is its failure; only the caller's own cancellation ends the run.
                result = new ConformanceResult(conformanceCase, ConformanceOutcome.Failed, Error: exception);
            }

            results.Add(result);
            progress?.Report(result);
        }

        var bucket = await harness.GetBucketAsync(cancellationToken);
        return new CapabilityReport(harness.Provider, await bucket.GetCapabilitiesAsync(cancellationToken), results);
    }

#pragma warning disable CA1031 // Any failure will do: the deviation is still there.
    private static async Task<string?> RunQuirkAsync(ConformanceCase conformanceCase, ConformanceHarness harness, string quirk, CancellationToken cancellationToken)
    {
        string? skip;
        try
        {
            skip = await GuardedAsync(conformanceCase, harness, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return $"Known deviation: {quirk}";
        }

        return skip ?? throw new ConformanceException($"'{conformanceCase.Id}' passes now: take it off the list of known deviations ({quirk}).");
    }
#pragma warning restore CA1031

    private static async Task<string?> GuardedAsync(ConformanceCase conformanceCase, ConformanceHarness harness, CancellationToken cancellationToken)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        guard.CancelAfter(harness.Scale.CaseTimeout);
        try
        {
            return await RunOrRefuseAsync(conformanceCase, harness, guard.Token);
        }
        catch (ConformanceSkipException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException exception) when (guard.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ConformanceException($"'{conformanceCase.Id}' did not end within {harness.Scale.CaseTimeout}.", exception);
        }
    }

    /// <summary>Runs the case, or, where the bucket lacks what it needs, the check that this is refused; then returns why the case is skipped.</summary>
    private static async Task<string?> RunOrRefuseAsync(ConformanceCase conformanceCase, ConformanceHarness harness, CancellationToken cancellationToken)
    {
        var bucket = await harness.GetBucketAsync(cancellationToken);
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken);
        var context = new ConformanceContext(harness, bucket, capabilities, harness.NextPrefix(conformanceCase.Id));
        if (capabilities.Supports(conformanceCase.Requires))
        {
            await conformanceCase.RunAsync(context, cancellationToken);
            return null;
        }

        var lacking = conformanceCase.Requires & ~capabilities.Features;
        if (conformanceCase.WhenUnsupported is not { } check)
        {
            return $"The bucket lacks {lacking}.";
        }

        await check(context, cancellationToken);
        return $"The bucket lacks {lacking}, and refuses it as it must.";
    }
}
