namespace SkyCompat.ObjectStorage;

/// <summary>An object somewhere: in this bucket, in another, or on another cloud.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its key.</param>
/// <param name="VersionId">A version of it; null for the current one.</param>
public sealed record ObjectReference(IBucket Bucket, string Key, string? VersionId = null);
