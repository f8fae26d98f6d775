namespace SkyCompat.ObjectStorage;

/// <summary>Which buckets to list.</summary>
public sealed record ListBucketsOptions
{
    /// <summary>Only names that start with this text; null for all. Filtered here where the provider cannot.</summary>
    public string? Prefix { get; init; }

    /// <summary>Where to go on: <see cref="BucketPage.ContinuationToken"/> of the page before.</summary>
    public string? ContinuationToken { get; init; }
}
