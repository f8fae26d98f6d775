using System.Collections.ObjectModel;
using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>Object properties in the headers of requests and replies.</summary>
internal static class S3ObjectHeaders
{
    private const string ChunkedSigning = "aws-chunked";

    /// <summary>Adds what is stored with an object.</summary>
    public static void Add(S3Request request, S3Dialect dialect, ContentHeaders headers, IReadOnlyDictionary<string, string> metadata)
    {
        request.ContentType = headers.ContentType;
        request.AddOptionalHeader("cache-control", headers.CacheControl);
        request.AddOptionalHeader("content-disposition", headers.ContentDisposition);
        request.AddOptionalHeader("content-encoding", headers.ContentEncoding);
        request.AddOptionalHeader("content-language", headers.ContentLanguage);
        if (metadata.Count > 0)
        {
            foreach (var (key, value) in metadata)
            {
                request.AddHeader(dialect.MetadataPrefix + key, MetadataText.Encode(value));
            }
        }
    }

    /// <summary>Adds what a put and the start of a multipart upload have in common.</summary>
    public static void Add(S3Request request, PutOptions options, S3Context context)
    {
        var (dialect, profile) = (context.Dialect, context.Profile);
        Add(request, dialect, options.Headers, options.Metadata);
        request.AddOptionalHeader(dialect.StorageClass, S3Tiers.ClassOf(profile, options.Tier));
        if (options.Tags.Count > 0)
        {
            request.AddHeader(dialect.Tagging, EncodeTags(options.Tags));
        }
    }

    /// <summary>Adds the condition of a write.</summary>
    public static void AddCondition(S3Request request, in WriteCondition condition, S3Profile profile)
    {
        switch (condition.Kind)
        {
            case WriteConditionKind.MustNotExist:
                request.Condition = S3Condition.IfAbsent;
                AddIfAbsent(request, profile);
                break;
            case WriteConditionKind.MustMatch:
                request.Condition = S3Condition.IfMatch;
                request.AddHeader("if-match", S3Headers.Quote(condition.Tag));
                break;
        }
    }

    public static string EncodeTags(IReadOnlyDictionary<string, string> tags)
    {
        var text = new TextBuilder(stackalloc char[256]);
        try
        {
            foreach (var (key, value) in tags)
            {
                if (text.Length > 0)
                {
                    text.Append('&');
                }

                text.AppendEncoded(key, keepSlash: false);
                text.Append('=');
                text.AppendEncoded(value, keepSlash: false);
            }

            return text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>Reads the properties of an object from the reply to a HEAD or GET.</summary>
    /// <param name="key">The key.</param>
    /// <param name="response">The reply.</param>
    /// <param name="context">The cloud.</param>
    /// <param name="size">The size of the whole object.</param>
    /// <returns>The properties.</returns>
    public static ObjectInfo Read(string key, HttpResponseMessage response, S3Context context, long size)
    {
        var dialect = context.Dialect;
        var reply = response.Headers;
        string? tag = null, versionId = null, storageClass = null, cacheControl = null;
        Dictionary<string, string>? metadata = null;
        var hasChecksum = false;
        foreach (var header in reply.NonValidated)
        {
            var name = header.Key;
            if (name.Equals("ETag", StringComparison.OrdinalIgnoreCase))
            {
                tag = header.Value.ToString();
            }
            else if (name.Equals("Cache-Control", StringComparison.OrdinalIgnoreCase))
            {
                cacheControl = header.Value.ToString();
            }
            else if (name.StartsWith(dialect.MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                metadata ??= new Dictionary<string, string>(StringComparer.Ordinal);
                metadata[name[dialect.MetadataPrefix.Length..].ToLowerInvariant()] = MetadataText.Decode(header.Value.ToString());
            }
            else if (name.Equals(dialect.VersionId, StringComparison.OrdinalIgnoreCase))
            {
                versionId = header.Value.ToString();
            }
            else if (name.Equals(dialect.StorageClass, StringComparison.OrdinalIgnoreCase))
            {
                storageClass = header.Value.ToString();
            }
            else
            {
                hasChecksum |= name.StartsWith(dialect.ChecksumPrefix, StringComparison.OrdinalIgnoreCase);
            }
        }

        return new ObjectInfo
        {
            Key = key,
            Size = size,
            Tag = VersionTag.Parse(tag),
            LastModified = S3Headers.TryParseDate(S3Headers.Get(response.Content.Headers, "Last-Modified")) ?? default,
            VersionId = versionId,
            Headers = ReadContentHeaders(response.Content, cacheControl),
            Metadata = metadata is null ? ReadOnlyDictionary<string, string>.Empty : metadata,
            Checksum = hasChecksum ? dialect.ReadChecksum(response, tag) : null,
            Tier = S3Tiers.Read(context.Profile, storageClass),
        };
    }

    /// <summary>Reads <c>bytes 0-99/1234</c>.</summary>
    public static bool TryReadRange(HttpResponseMessage response, out long offset, out long size)
    {
        offset = size = 0;
        var text = S3Headers.Get(response.Content.Headers, "Content-Range").AsSpan();
        var dash = text.IndexOf('-');
        var slash = text.IndexOf('/');
        return text.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase) && dash > 0 && slash > dash &&
            long.TryParse(text[6..dash], NumberStyles.None, CultureInfo.InvariantCulture, out offset) &&
            long.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }

    private static void AddIfAbsent(S3Request request, S3Profile profile)
    {
        switch (profile.CreateIfAbsent)
        {
            case S3CreateIfAbsent.OssForbidOverwrite:
                request.AddHeader("x-oss-forbid-overwrite", "true");
                break;
            case S3CreateIfAbsent.CosForbidOverwrite:
                request.AddHeader("x-cos-forbid-overwrite", "true");
                break;
            default:
                request.AddHeader("if-none-match", "*");
                break;
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
                    encoding = WithoutChunkedSigning(header.Value.ToString());
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

    /// <summary>Some stores keep the framing that other clients sign their uploads with as if it were the object's own encoding.</summary>
    private static string? WithoutChunkedSigning(string encoding)
    {
        if (!encoding.StartsWith(ChunkedSigning, StringComparison.OrdinalIgnoreCase))
        {
            return encoding;
        }

        var rest = encoding.AsSpan(ChunkedSigning.Length).TrimStart(" ,");
        return rest.IsEmpty ? null : rest.ToString();
    }
}
