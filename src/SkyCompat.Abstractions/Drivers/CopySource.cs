using SkyCompat.ObjectStorage;

namespace SkyCompat.Drivers;

/// <summary>The source of a server-side copy.</summary>
/// <param name="Bucket">Its bucket's driver, one that <see cref="BucketDriver.CanCopyFrom"/> accepted.</param>
/// <param name="Key">Its key.</param>
/// <param name="VersionId">A version; null for the current one.</param>
/// <param name="IfMatch">The tag that it must have; empty for any.</param>
public sealed record CopySource(BucketDriver Bucket, string Key, string? VersionId, VersionTag IfMatch);
