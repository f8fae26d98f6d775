using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>An unfinished upload in the index.</summary>
internal sealed record UploadRow(long Id, StorageTier Tier, byte[]? Attributes);
