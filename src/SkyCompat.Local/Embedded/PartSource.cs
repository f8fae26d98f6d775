namespace SkyCompat.Local;

/// <summary>Bytes that a part copy has read for their checksum, and the tag of the content they were read from.</summary>
internal readonly record struct PartSource(long Tag, uint Crc);
