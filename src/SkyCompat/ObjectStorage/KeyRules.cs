using System.Text;

namespace SkyCompat.ObjectStorage;

/// <summary>Checks keys before any request.</summary>
internal static class KeyRules
{
    private const int PortableMaxBytes = 1023;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A key of an object that is to be read or deleted: well formed, and short enough for the provider.</summary>
    public static void CheckExisting(string key, BucketCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(key);
        CheckLength(key, Utf8Length(key), capabilities.MaxKeyBytes, "provider takes");
    }

    /// <summary>A key of an object that is to be written.</summary>
    public static void CheckNew(string key, KeyPolicy policy, BucketCapabilities capabilities)
    {
        ArgumentNullException.ThrowIfNull(key);
        var length = Utf8Length(key);
        CheckLength(key, length, capabilities.MaxKeyBytes, "provider takes");
        if (policy is KeyPolicy.Portable)
        {
            CheckLength(key, length, PortableMaxBytes, "portable key policy allows");
            CheckPortable(key);
        }

        if (key[^1] == '/' && !capabilities.Supports(BucketFeatures.TrailingSlashKey))
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"This provider cannot hold the key '{key}', which ends in a slash.") { Resource = key };
        }
    }

    /// <summary>A prefix, delimiter or start of a list: any valid Unicode.</summary>
    public static void CheckListText(string? text)
    {
        if (text is not null)
        {
            _ = Utf8Length(text);
        }
    }

    private static void CheckPortable(string key)
    {
        foreach (var c in key)
        {
            if (char.IsControl(c) || c is '\\')
            {
                throw Invalid(key, $"has the character U+{(int)c:X4}, which some providers cannot hold");
            }
        }

        foreach (var segment in key.AsSpan().Split('/'))
        {
            if (key.AsSpan(segment) is "" or [.., '.'])
            {
                throw Invalid(key, "has a segment that is empty or ends in a dot (a slash at the start or end makes an empty one), which some providers cannot hold");
            }
        }
    }

    private static void CheckLength(string key, int length, int limit, string whose)
    {
        if (length == 0)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, "The key is empty.") { Reason = ObjectStorageErrorReasons.InvalidKey };
        }

        if (length > limit)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"The key has {length} UTF-8 bytes; the {whose} {limit}.")
            {
                Reason = ObjectStorageErrorReasons.InvalidKey,
                Resource = key[..Math.Min(64, key.Length)] + "…",
            };
        }
    }

    private static int Utf8Length(string text)
    {
        try
        {
            return StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, "The text has a lone surrogate, so it is not valid Unicode and has no UTF-8 form.", exception)
            {
                Reason = ObjectStorageErrorReasons.InvalidKey,
            };
        }
    }

    private static CloudException Invalid(string key, string why) =>
        new(CloudErrorCode.InvalidArgument, $"The key {why}. Change it, or set KeyPolicy to Verbatim for this cloud to give up portability.")
        {
            Reason = ObjectStorageErrorReasons.InvalidKey,
            Resource = key,
        };
}
