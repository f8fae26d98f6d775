using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance;

/// <summary>What a run of the cases says of one provider: the row of the provider × feature table, with only what was proven.</summary>
public sealed class CapabilityReport
{
    /// <summary>Creates a report.</summary>
    /// <param name="provider">The provider's name in the table.</param>
    /// <param name="declared">What the bucket declares.</param>
    /// <param name="results">What became of the cases.</param>
    public CapabilityReport(string provider, BucketCapabilities declared, IReadOnlyList<ConformanceResult> results)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(results);
        Provider = provider;
        Declared = declared;
        Results = results;
        Proven = declared with { Features = declared.Features & Prove(declared.Features, results) };
    }

    /// <summary>The provider's name in the table.</summary>
    public string Provider { get; }

    /// <summary>What the bucket declares.</summary>
    public BucketCapabilities Declared { get; }

    /// <summary>What it declares and has shown: a case that requires or shows the feature passed, and none failed.</summary>
    public BucketCapabilities Proven { get; }

    /// <summary>What became of the cases, in the order in which they ran.</summary>
    public IReadOnlyList<ConformanceResult> Results { get; }

    /// <summary>What failed.</summary>
    public IEnumerable<ConformanceResult> Failures => Results.Where(result => result.Outcome == ConformanceOutcome.Failed);

    /// <summary>The table with this provider alone.</summary>
    /// <returns>Markdown.</returns>
    public string ToMarkdown() => FeatureTable.ToMarkdown([(Provider, Proven)]);

    private static BucketFeatures Prove(BucketFeatures declared, IReadOnlyList<ConformanceResult> results)
    {
        var (proven, disproven) = (BucketFeatures.None, BucketFeatures.None);
        foreach (var result in results)
        {
            var features = result.Case.Requires | result.Case.Shows;
            switch (result.Outcome)
            {
                case ConformanceOutcome.Passed:
                    proven |= features;
                    break;
                case ConformanceOutcome.Failed when (declared & result.Case.Requires) == result.Case.Requires:
                    disproven |= features;
                    break;
                default:
                    break;
            }
        }

        return proven & ~disproven;
    }
}
