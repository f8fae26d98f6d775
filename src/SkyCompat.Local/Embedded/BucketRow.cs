using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>A bucket in the index.</summary>
internal readonly record struct BucketRow(long Id, VersioningState Versioning);
