namespace SkyCompat.ObjectStorage;

/// <summary>One page of a list of buckets.</summary>
/// <param name="Buckets">The buckets, in ordinal order of name.</param>
/// <param name="ContinuationToken">What to pass for the next page; null on the last.</param>
public sealed record BucketPage(IReadOnlyList<BucketInfo> Buckets, string? ContinuationToken);
