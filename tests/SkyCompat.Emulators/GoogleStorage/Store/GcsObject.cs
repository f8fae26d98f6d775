namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>One generation of an object at one metageneration. It never changes: what changes an object puts another in its place.</summary>
internal sealed record GcsObject
{
    public required string Bucket { get; init; }

    public required string Name { get; init; }

    public required Content Content { get; init; }

    public required ObjectFields Fields { get; init; }

    public required string StorageClass { get; init; }

    public long Generation { get; init; }

    public long Metageneration { get; init; } = 1;

    public DateTimeOffset TimeCreated { get; init; }

    public DateTimeOffset Updated { get; init; }

    public DateTimeOffset TimeStorageClassUpdated { get; init; }

    /// <summary>When it became noncurrent.</summary>
    public DateTimeOffset? TimeDeleted { get; init; }

    /// <summary>Of how many objects it was composed; null if it was uploaded.</summary>
    public int? ComponentCount { get; init; }

    /// <summary>The service's tag is the base64 of a message with the two numbers as variable-length fields 1 and 2.</summary>
    public string ETag => GoogleStorage.ETag.From(Generation, Metageneration);

    public bool IsHeld => Fields.TemporaryHold == true || Fields.EventBasedHold == true;
}

internal static class ETag
{
    public static string From(long generation, long metageneration)
    {
        Span<byte> bytes = stackalloc byte[22];
        var length = 0;
        Write(bytes, ref length, 0x08, (ulong)generation);
        Write(bytes, ref length, 0x10, (ulong)metageneration);
        return Convert.ToBase64String(bytes[..length]);
    }

    private static void Write(Span<byte> bytes, ref int length, byte tag, ulong value)
    {
        bytes[length++] = tag;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
    }
}
