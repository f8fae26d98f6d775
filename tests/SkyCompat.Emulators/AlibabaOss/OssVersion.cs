namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>One version of an object, or a delete marker.</summary>
internal sealed record OssVersion
{
    public string Id { get; init; } = OssBucket.NullVersion;

    public bool IsDeleteMarker { get; init; }

    public OssBody Body { get; init; } = new([]);

    public string Tag { get; init; } = "";

    public ulong Crc64 { get; init; }

    /// <summary>Normal or Multipart.</summary>
    public string Type { get; init; } = "Normal";

    public OssProperties? Properties { get; init; }

    public DateTimeOffset LastModified { get; init; }

    /// <summary>Whether an archived object was restored.</summary>
    public bool IsRestored { get; init; }

    public bool IsArchived => Properties?.StorageClass is "Archive" or "ColdArchive" or "DeepColdArchive" && !IsRestored;
}
