namespace SkyCompat.ObjectStorage;

/// <summary>Which versions to list.</summary>
public sealed record ListVersionsOptions
{
    /// <summary>Only keys that start with this text; null for all.</summary>
    public string? Prefix { get; init; }

    /// <summary>How many entries a page has at most.</summary>
    /// <value>Default: 0, the provider's own page size.</value>
    public int PageSize { get; init; }

    /// <summary>Where to go on: <see cref="VersionPage.ContinuationToken"/> of the page before.</summary>
    public string? ContinuationToken { get; init; }
}
