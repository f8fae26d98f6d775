namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The checksums that a caller states of what it uploads.</summary>
internal sealed record Hashes(string? Crc32C, string? Md5)
{
    /// <summary>From the headers <c>X-Goog-Hash</c>, of which there may be several, and <c>Content-MD5</c>.</summary>
    public static Hashes FromHeaders(GcsRequest request)
    {
        var pairs = (request.Header("X-Goog-Hash") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return new Hashes(Find("crc32c="), Find("md5=") ?? request.Header("Content-MD5"));

        string? Find(string name) => pairs.FirstOrDefault(pair => pair.StartsWith(name, StringComparison.OrdinalIgnoreCase))?[name.Length..];
    }

    /// <exception cref="GcsError">400: the data is not what they say.</exception>
    public void Check(Content content)
    {
        var crc32C = GoogleStorage.Crc32C.ToBase64(content.Crc32C);
        if (Crc32C is not null && Crc32C != crc32C)
        {
            throw Mismatch("CRC32C", Crc32C, crc32C, 4);
        }

        if (Md5 is not null && content.Md5 is { } md5 && Md5 != Convert.ToBase64String(md5))
        {
            throw Mismatch("MD5", Md5, Convert.ToBase64String(md5), 16);
        }
    }

    private static GcsError Mismatch(string name, string stated, string calculated, int length)
    {
        Span<byte> bytes = stackalloc byte[length];
        return Convert.TryFromBase64String(stated, bytes, out var written) && written == length
            ? new GcsError(400, "invalid", $"Provided {name} hash \"{stated}\" doesn't match calculated {name} hash \"{calculated}\".", "BadDigest")
            : new GcsError(400, "invalid", $"Invalid {name} value: \"{stated}\".", "InvalidDigest");
    }
}
