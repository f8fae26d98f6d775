namespace SkyCompat.ObjectStorage;

/// <summary>The HTTP headers that are stored with an object and returned when it is read (RFC 9110, section 8). Each is visible ASCII.</summary>
public sealed record ContentHeaders
{
    /// <summary>What <see cref="ContentType"/> is on every provider if it is not given: <c>application/octet-stream</c>. Nothing is sniffed.</summary>
    public const string DefaultContentType = "application/octet-stream";

    /// <summary>No headers but the default content type.</summary>
    public static ContentHeaders Default { get; } = new();

    /// <summary>The media type.</summary>
    /// <value>Default: <see cref="DefaultContentType"/>.</value>
    public string ContentType { get; init; } = DefaultContentType;

    /// <summary>How caches may keep it, such as <c>max-age=3600</c>.</summary>
    public string? CacheControl { get; init; }

    /// <summary>How a browser presents it, such as <c>attachment; filename="a.txt"</c>.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>How it is encoded, such as <c>gzip</c>. Bytes are always stored and returned verbatim, never transcoded.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Its language, such as <c>de</c>.</summary>
    public string? ContentLanguage { get; init; }
}
