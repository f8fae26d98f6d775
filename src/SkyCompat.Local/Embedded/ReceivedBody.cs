namespace SkyCompat.Local;

/// <summary>Bytes that were received and, if large, are on disk, but that no object has yet.</summary>
/// <param name="Size">How many.</param>
/// <param name="Crc">Their CRC-32C.</param>
/// <param name="Inline">The bytes, if they are to be kept in the index.</param>
/// <param name="File">The number of the file that has them; 0 if none.</param>
internal sealed record ReceivedBody(long Size, uint Crc, ReadOnlyMemory<byte> Inline, long File)
{
    /// <summary>Puts the body into the index, held once.</summary>
    public BodyReference Add(WriteTransaction transaction) =>
        Size == 0 ? default
        : File == 0 ? BodyTable.AddInline(transaction, Inline.Span)
        : BodyTable.AddFile(transaction, File);
}
