namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>What is stored with an object's bytes.</summary>
internal sealed record OssProperties
{
    /// <summary>Content-Type, Cache-Control and their like, by name.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>By name without its prefix, in lower case.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public required string StorageClass { get; init; }
}
