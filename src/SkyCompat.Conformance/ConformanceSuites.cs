using SkyCompat.Conformance.Suites;

namespace SkyCompat.Conformance;

/// <summary>The suites of the object-storage contract.</summary>
public static class ConformanceSuites
{
    /// <summary>All suites. An adapter conforms if it passes each case of each, or skips it for a reason that is reported.</summary>
    public static IReadOnlyList<ConformanceSuite> All { get; } =
    [
        BucketCases.Suite,
        InfoCases.Suite,
        ReadCases.Suite,
        RangeCases.Suite,
        ConditionalReadCases.Suite,
        WriteCases.Suite,
        WriteAttributeCases.Suite,
        WriterCases.Suite,
        MultipartCases.Suite,
        ConditionalWriteCases.Suite,
        MetadataCases.Suite,
        TagCases.Suite,
        TierCases.Suite,
        KeyCases.Suite,
        ListCases.Suite,
        DeleteCases.Suite,
        CopyCases.Suite,
        VersionCases.Suite,
        SignCases.Suite,
        WrapperCases.Suite,
        ConcurrencyCases.Suite,
        PlumbingCases.Suite,
    ];

    /// <summary>Finds a suite.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The suite.</returns>
    /// <exception cref="ArgumentException">There is no such suite.</exception>
    public static ConformanceSuite Get(string name) =>
        All.FirstOrDefault(suite => string.Equals(suite.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"There is no suite '{name}'; there are: {string.Join(", ", All)}.", nameof(name));
}
