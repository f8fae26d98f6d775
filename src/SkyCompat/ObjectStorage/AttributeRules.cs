using System.Collections.ObjectModel;
using System.Text;

namespace SkyCompat.ObjectStorage;

/// <summary>Checks headers, metadata and tags before any request, and folds metadata keys to lower case.</summary>
internal static class AttributeRules
{
    /// <summary>Metadata that the engine stores for itself begins with this; it is never shown.</summary>
    public const string ReservedPrefix = "skycompat-";

    private const int MaxTagKeyLength = 128;
    private const int MaxTagValueLength = 256;

    /// <summary>The metadata with folded keys; the same instance if nothing needs folding.</summary>
    public static IReadOnlyDictionary<string, string> CheckMetadata(IReadOnlyDictionary<string, string> metadata, BucketCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.Count == 0)
        {
            return metadata;
        }

        var folded = new Dictionary<string, string>(metadata.Count, StringComparer.Ordinal);
        var size = 0;
        foreach (var (key, value) in metadata)
        {
            // Only ASCII is folded: U+212A, the Kelvin sign, would become a plain k.
            var lower = key.ToLowerInvariant();
            if (!Ascii.IsValid(key) || !IsMetadataKey(lower))
            {
                throw InvalidMetadata($"The metadata key '{key}' is not of the form [a-z][a-z0-9-]*, which every provider can hold.");
            }

            if (lower.StartsWith(ReservedPrefix, StringComparison.Ordinal))
            {
                throw InvalidMetadata($"The metadata key '{key}' begins with the reserved '{ReservedPrefix}'.");
            }

            if (value is null || value.Any(char.IsControl))
            {
                throw InvalidMetadata($"The value of the metadata key '{key}' is null or has a control character.");
            }

            if (!folded.TryAdd(lower, value))
            {
                throw InvalidMetadata($"The metadata key '{key}' is given twice, in different case.");
            }

            size += lower.Length + EncodedLength(lower, value);
        }

        // A write may be stamped, so room for that is kept on all.
        var limit = capabilities.MaxMetadataBytes - WriteStamp.Bytes;
        return size <= limit ? folded : throw InvalidMetadata($"The metadata has {size} bytes; the limit here is {limit}.");
    }

    public static void CheckTags(IReadOnlyDictionary<string, string> tags, BucketCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (tags.Count > capabilities.MaxTags)
        {
            throw InvalidTags($"There are {tags.Count} tags; the provider takes {capabilities.MaxTags}.");
        }

        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > MaxTagKeyLength || value is null || value.Length > MaxTagValueLength || !key.All(IsTagCharacter) || !value.All(IsTagCharacter))
            {
                throw InvalidTags($"The tag '{key}' is refused: keys have 1 to {MaxTagKeyLength} characters and values 0 to {MaxTagValueLength}, letters, digits, spaces and + - = . _ : / @.");
            }
        }
    }

    public static void CheckHeaders(ContentHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        CheckHeader(nameof(headers.ContentType), headers.ContentType ?? throw InvalidMetadata("The content type is null."));
        if (!IsMediaType(headers.ContentType))
        {
            throw InvalidMetadata($"The content type '{headers.ContentType}' is not of the form type/subtype.");
        }

        CheckHeader(nameof(headers.CacheControl), headers.CacheControl);
        CheckHeader(nameof(headers.ContentDisposition), headers.ContentDisposition);
        CheckHeader(nameof(headers.ContentEncoding), headers.ContentEncoding);
        CheckHeader(nameof(headers.ContentLanguage), headers.ContentLanguage);
    }

    /// <summary>The object as users see it: without the engine's own metadata.</summary>
    public static ObjectInfo HideReserved(ObjectInfo info)
    {
        foreach (var key in info.Metadata.Keys)
        {
            if (key.StartsWith(ReservedPrefix, StringComparison.Ordinal))
            {
                var visible = info.Metadata.Where(pair => !pair.Key.StartsWith(ReservedPrefix, StringComparison.Ordinal));
                return info with { Metadata = new ReadOnlyDictionary<string, string>(visible.ToDictionary(StringComparer.Ordinal)) };
            }
        }

        return info;
    }

    private static bool IsMetadataKey(string key) =>
        key.Length > 0 && key[0] is >= 'a' and <= 'z' && key.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <summary>What a value takes in a header: itself, or the base64 form of RFC 2047 if it is not plain ASCII.</summary>
    private static int EncodedLength(string key, string value)
    {
        if (Ascii.IsValid(value))
        {
            return value.Length;
        }

        try
        {
            return ((new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(value) + 2) / 3 * 4) + "=?UTF-8?B??=".Length;
        }
        catch (EncoderFallbackException exception)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"The value of the metadata key '{key}' has a lone surrogate, so it is not valid Unicode.", exception)
            {
                Reason = ObjectStorageErrorReasons.InvalidMetadata,
            };
        }
    }

    private static bool IsTagCharacter(char c) => char.IsLetterOrDigit(c) || c is ' ' or '+' or '-' or '=' or '.' or '_' or ':' or '/' or '@';

    private static bool IsMediaType(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[slash - 1]) && !char.IsWhiteSpace(text[slash + 1]);
    }

    private static void CheckHeader(string name, string? value)
    {
        if (value is not null && (value.Length == 0 || value.Any(c => c is < ' ' or > '~')))
        {
            throw InvalidMetadata($"{name} is empty or has a character that is not visible ASCII.");
        }
    }

    private static CloudException InvalidMetadata(string message) => new(CloudErrorCode.InvalidArgument, message) { Reason = ObjectStorageErrorReasons.InvalidMetadata };

    private static CloudException InvalidTags(string message) => new(CloudErrorCode.InvalidArgument, message) { Reason = ObjectStorageErrorReasons.InvalidTags };
}
