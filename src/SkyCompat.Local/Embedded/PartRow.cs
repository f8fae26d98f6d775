using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>A part of an unfinished upload in the index.</summary>
internal sealed record PartRow(int Number, long Tag, long Size, uint Crc, BodyReference Body)
{
    public UploadedPart ToPart() => new(Number, ObjectRow.FormatTag(Tag), Size, StoredCrc.ToChecksum(Crc));
}
