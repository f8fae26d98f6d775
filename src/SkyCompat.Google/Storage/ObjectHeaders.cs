using System.Collections.ObjectModel;
using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Objects in the headers of the XML API.</summary>
internal static class ObjectHeaders
{
    private const string MetadataPrefix = "x-goog-meta-";

    /// <summary>What the store says of objects that say nothing of caches and are not public.</summary>
    private const string PrivateDefault = "private, max-age=0";

    /// <summary>Adds what is stored with an object.</summary>
    public static void Add(HttpRequestMessage message, PutOptions options)
    {
        var content = message.Content!.Headers;
        content.TryAddWithoutValidation("Content-Type", options.Headers.ContentType);
        AddOptional(message, content, "Content-Disposition", options.Headers.ContentDisposition);
        AddOptional(message, content, "Content-Encoding", options.Headers.ContentEncoding);
        AddOptional(message, content, "Content-Language", options.Headers.ContentLanguage);
        AddOptional(message, null, "Cache-Control", options.Headers.CacheControl);
        AddOptional(message, null, "x-goog-storage-class", GoogleTiers.ChoiceOf(options.Tier));
        foreach (var (key, value) in options.Metadata)
        {
            message.Headers.TryAddWithoutValidation(MetadataPrefix + key, MetadataText.Encode(value, encodesEmpty: true));
        }
    }

    /// <summary>Reads the properties of an object from the reply to a GET.</summary>
    /// <param name="key">The key.</param>
    /// <param name="response">The reply.</param>
    /// <param name="size">The size of the whole object.</param>
    /// <param name="isVersioned">Whether its generation is told as a version id.</param>
    /// <returns>The properties.</returns>
    public static ObjectInfo Read(string key, HttpResponseMessage response, long size, bool isVersioned)
    {
        string? generation = null, storageClass = null, cacheControl = null;
        Dictionary<string, string>? metadata = null;
        foreach (var header in response.Headers.NonValidated)
        {
            var name = header.Key;
            if (name.Equals("x-goog-generation", StringComparison.OrdinalIgnoreCase))
            {
                generation = header.Value.ToString();
            }
            else if (name.Equals("Cache-Control", StringComparison.OrdinalIgnoreCase))
            {
                cacheControl = header.Value.ToString();
            }
            else if (name.Equals("x-goog-storage-class", StringComparison.OrdinalIgnoreCase))
            {
                storageClass = header.Value.ToString();
            }
            else if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                metadata ??= new Dictionary<string, string>(StringComparer.Ordinal);
                metadata[name[MetadataPrefix.Length..].ToLowerInvariant()] = MetadataText.Decode(header.Value.ToString());
            }
        }

        if (!Generation.TryParse(generation, out _))
        {
            throw new CloudException(CloudErrorCode.Unknown, "The reply names no generation, so it is not Cloud Storage's: something on the way, such as a proxy, answered in its place, or Endpoint is wrong.");
        }

        return new ObjectInfo
        {
            Key = key,
            Size = size,
            Tag = VersionTag.Parse(generation),
            LastModified = GoogleHeaders.TryParseDate(GoogleHeaders.Get(response.Content.Headers, "Last-Modified")) ?? default,
            VersionId = isVersioned ? generation : null,
            Headers = ReadContentHeaders(response.Content, cacheControl == PrivateDefault ? null : cacheControl),
            Metadata = metadata is null ? ReadOnlyDictionary<string, string>.Empty : metadata,
            Checksum = GoogleHeaders.Crc32C(response),
            Tier = GoogleTiers.Read(storageClass),
        };
    }

    /// <summary>Reads <c>bytes 0-99/1234</c>.</summary>
    public static bool TryReadRange(HttpResponseMessage response, out long offset, out long size)
    {
        offset = size = 0;
        var text = GoogleHeaders.Get(response.Content.Headers, "Content-Range").AsSpan();
        var dash = text.IndexOf('-');
        var slash = text.IndexOf('/');
        return text.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase) && dash > 0 && slash > dash &&
            long.TryParse(text[6..dash], NumberStyles.None, CultureInfo.InvariantCulture, out offset) &&
            long.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }

    private static void AddOptional(HttpRequestMessage message, System.Net.Http.Headers.HttpContentHeaders? content, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value) && content?.TryAddWithoutValidation(name, value) != true)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static ContentHeaders ReadContentHeaders(HttpContent content, string? cacheControl)
    {
        string? type = null, disposition = null, encoding = null, language = null;
        foreach (var header in content.Headers.NonValidated)
        {
            switch (header.Key)
            {
                case "Content-Type":
                    type = header.Value.ToString();
                    break;
                case "Content-Disposition":
                    disposition = header.Value.ToString();
                    break;
                case "Content-Encoding":
                    encoding = header.Value.ToString();
                    break;
                case "Content-Language":
                    language = header.Value.ToString();
                    break;
            }
        }

        type ??= ContentHeaders.DefaultContentType;
        return (cacheControl ?? disposition ?? encoding ?? language) is null && type == ContentHeaders.DefaultContentType
            ? ContentHeaders.Default
            : new ContentHeaders { ContentType = type, CacheControl = cacheControl, ContentDisposition = disposition, ContentEncoding = encoding, ContentLanguage = language };
    }
}
