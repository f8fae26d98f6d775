using System.Collections.ObjectModel;
using System.Net;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Object properties in the headers of requests and replies.</summary>
internal static class BlobHeaders
{
    private const string MetadataPrefix = "x-ms-meta-";

    /// <summary>Adds what is stored with an object.</summary>
    public static void Add(AzureRequest request, ContentHeaders headers, IReadOnlyDictionary<string, string> metadata, Checksum? checksum)
    {
        request.AddHeader("x-ms-blob-content-type", headers.ContentType);
        request.AddOptionalHeader("x-ms-blob-cache-control", headers.CacheControl);
        request.AddOptionalHeader("x-ms-blob-content-disposition", headers.ContentDisposition);
        request.AddOptionalHeader("x-ms-blob-content-encoding", headers.ContentEncoding);
        request.AddOptionalHeader("x-ms-blob-content-language", headers.ContentLanguage);
        if (metadata.Count > 0)
        {
            foreach (var (key, value) in metadata)
            {
                // The service takes names that are C# identifiers, so the hyphen of portable keys, which have no underscore, travels as one.
                request.AddHeader(MetadataPrefix + key.Replace('-', '_'), MetadataText.Encode(value, encodesEmpty: true));
            }
        }

        if (checksum?.Algorithm == ChecksumAlgorithm.Crc64Nvme)
        {
            request.AddHeader(MetadataPrefix + BlobChecksums.MetadataName, checksum.ToBase64());
        }
    }

    /// <summary>Adds all of a write that takes effect at once: a put, or the commit of an upload.</summary>
    public static void Add(AzureRequest request, PutOptions options, Checksum? checksum)
    {
        Add(request, options.Headers, options.Metadata, checksum);
        AddTier(request, BlobTiers.OfWrite(options.Tier));
        if (options.Tags.Count > 0)
        {
            request.AddHeader("x-ms-tags", BlobTags.Encode(options.Tags));
        }

        AddCondition(request, options.Condition);
    }

    public static void AddTier(AzureRequest request, string? accessTier) => request.AddOptionalHeader("x-ms-access-tier", accessTier);

    /// <summary>Adds the condition of a write.</summary>
    public static void AddCondition(AzureRequest request, in WriteCondition condition)
    {
        switch (condition.Kind)
        {
            case WriteConditionKind.MustNotExist:
                request.Condition = AzureCondition.IfAbsent;
                request.AddHeader("if-none-match", "*");
                break;
            case WriteConditionKind.MustMatch:
                request.Condition = AzureCondition.IfMatch;
                request.AddHeader("if-match", AzureHeaders.Quote(condition.Tag));
                break;
        }
    }

    /// <summary>What a write left.</summary>
    public static PutResult ReadResult(HttpResponseMessage response) => new()
    {
        Tag = VersionTag.Parse(AzureHeaders.Get(response.Headers, "ETag")),
        VersionId = AzureHeaders.Get(response.Headers, "x-ms-version-id"),
    };

    /// <summary>Reads the properties of an object from the reply to a HEAD or GET.</summary>
    /// <param name="key">The key.</param>
    /// <param name="response">The reply.</param>
    /// <param name="size">The size of the whole object.</param>
    /// <returns>The properties.</returns>
    public static ObjectInfo Read(string key, HttpResponseMessage response, long size)
    {
        string? tag = null, versionId = null, accessTier = null, cacheControl = null, wholeMd5 = null;
        Dictionary<string, string>? metadata = null;
        Checksum? checksum = null;
        foreach (var header in response.Headers.NonValidated)
        {
            var name = header.Key;
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var value = header.Value.ToString();
                if (name.AsSpan(MetadataPrefix.Length).Equals(BlobChecksums.MetadataName, StringComparison.OrdinalIgnoreCase))
                {
                    checksum = BlobChecksums.ReadMetadata(value);
                }
                else
                {
                    metadata ??= new Dictionary<string, string>(StringComparer.Ordinal);
                    metadata[name[MetadataPrefix.Length..].ToLowerInvariant().Replace('_', '-')] = MetadataText.Decode(value);
                }
            }
            else if (name.Equals("ETag", StringComparison.OrdinalIgnoreCase))
            {
                tag = header.Value.ToString();
            }
            else if (name.Equals("Cache-Control", StringComparison.OrdinalIgnoreCase))
            {
                cacheControl = header.Value.ToString();
            }
            else if (name.Equals("x-ms-version-id", StringComparison.OrdinalIgnoreCase))
            {
                versionId = header.Value.ToString();
            }
            else if (name.Equals("x-ms-access-tier", StringComparison.OrdinalIgnoreCase))
            {
                accessTier = header.Value.ToString();
            }
            else if (name.Equals("x-ms-blob-content-md5", StringComparison.OrdinalIgnoreCase))
            {
                wholeMd5 = header.Value.ToString();
            }
        }

        string? type = null, disposition = null, encoding = null, language = null, modified = null, md5 = null;
        foreach (var header in response.Content.Headers.NonValidated)
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
                case "Last-Modified":
                    modified = header.Value.ToString();
                    break;
                case "Content-MD5":
                    md5 = header.Value.ToString();
                    break;
            }
        }

        // With a range, Content-MD5 is that of the range; the whole object's is in a header of its own.
        var stored = response.StatusCode == HttpStatusCode.PartialContent ? wholeMd5 : md5;
        return new ObjectInfo
        {
            Key = key,
            Size = size,
            Tag = VersionTag.Parse(tag),
            LastModified = AzureHeaders.TryParseDate(modified) ?? default,
            VersionId = versionId,
            Headers = ContentHeadersOf(type, cacheControl, disposition, encoding, language),
            Metadata = metadata is null ? ReadOnlyDictionary<string, string>.Empty : metadata,
            Checksum = checksum ?? (stored is null ? null : Checksum.TryParseBase64(ChecksumAlgorithm.Md5, stored)),
            Tier = BlobTiers.Read(accessTier),
        };
    }

    private static ContentHeaders ContentHeadersOf(string? type, string? cacheControl, string? disposition, string? encoding, string? language)
    {
        type = string.IsNullOrEmpty(type) ? ContentHeaders.DefaultContentType : type;
        return string.IsNullOrEmpty(cacheControl) && string.IsNullOrEmpty(disposition) && string.IsNullOrEmpty(encoding) && string.IsNullOrEmpty(language) && type == ContentHeaders.DefaultContentType
            ? ContentHeaders.Default
            : new ContentHeaders
            {
                ContentType = type,
                CacheControl = NullIfEmpty(cacheControl),
                ContentDisposition = NullIfEmpty(disposition),
                ContentEncoding = NullIfEmpty(encoding),
                ContentLanguage = NullIfEmpty(language),
            };
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
