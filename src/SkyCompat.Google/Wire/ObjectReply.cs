namespace SkyCompat.Google;

/// <summary>An object, as the store describes it.</summary>
internal sealed class ObjectReply
{
    public string Name { get; set; } = "";

    public long Generation { get; set; }

    public long Size { get; set; }

    public DateTimeOffset Updated { get; set; }

    /// <summary>When it stopped being the live one of its name; null if it is.</summary>
    public DateTimeOffset? TimeDeleted { get; set; }

    public string? ContentType { get; set; }

    public string? CacheControl { get; set; }

    public string? ContentDisposition { get; set; }

    public string? ContentEncoding { get; set; }

    public string? ContentLanguage { get; set; }

    public string? StorageClass { get; set; }

    public string? Crc32c { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }
}
