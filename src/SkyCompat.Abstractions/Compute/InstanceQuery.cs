namespace SkyCompat.Compute;

/// <summary>Which instances are listed.</summary>
public sealed record InstanceQuery
{
    /// <summary>The regions to look in; empty for the cloud's own.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Only those with all these tags; empty for any. Asked of the provider where it can.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether instances that this library did not make are listed too.</summary>
    /// <value>Default: false.</value>
    public bool IncludeForeign { get; init; }
}
