using System.Collections.ObjectModel;
using System.Text.Json;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Headers, metadata and tags as the index keeps them: JSON that leaves out what is not set, and nothing at all where all is default.</summary>
internal sealed record StoredAttributes
{
    private static readonly StoredAttributes Defaults = new();

    public string? ContentType { get; init; }

    public string? CacheControl { get; init; }

    public string? ContentDisposition { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentLanguage { get; init; }

    public Dictionary<string, string>? Metadata { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    public static StoredAttributes Of(ContentHeaders headers, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, string> tags) => new()
    {
        ContentType = headers.ContentType == ContentHeaders.DefaultContentType ? null : headers.ContentType,
        CacheControl = headers.CacheControl,
        ContentDisposition = headers.ContentDisposition,
        ContentEncoding = headers.ContentEncoding,
        ContentLanguage = headers.ContentLanguage,
        Metadata = Copy(metadata),
        Tags = Copy(tags),
    };

    public static StoredAttributes Read(byte[]? stored) =>
        stored is null ? Defaults : JsonSerializer.Deserialize(stored, StoredAttributesJson.Default.StoredAttributes) ?? Defaults;

    public static Dictionary<string, string>? Copy(IReadOnlyDictionary<string, string> pairs) => pairs.Count == 0 ? null : new(pairs, StringComparer.Ordinal);

    public byte[]? Write() => Equals(Defaults) ? null : JsonSerializer.SerializeToUtf8Bytes(this, StoredAttributesJson.Default.StoredAttributes);

    public ContentHeaders ToHeaders() => ReferenceEquals(this, Defaults)
        ? ContentHeaders.Default
        : new ContentHeaders
        {
            ContentType = ContentType ?? ContentHeaders.DefaultContentType,
            CacheControl = CacheControl,
            ContentDisposition = ContentDisposition,
            ContentEncoding = ContentEncoding,
            ContentLanguage = ContentLanguage,
        };

    public IReadOnlyDictionary<string, string> ToMetadata() => Metadata ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty;

    public IReadOnlyDictionary<string, string> ToTags() => Tags ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty;
}
