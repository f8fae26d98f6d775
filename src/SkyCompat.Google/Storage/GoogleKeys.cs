using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>The keys that Cloud Storage holds no objects under, refused before a request: it would answer with an error that says less.</summary>
internal static class GoogleKeys
{
    public static void Check(string key)
    {
        if (key is "." or ".." || key.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, "Cloud Storage holds no object under this key: '.' and '..', and keys with a carriage return or line feed, are refused.")
            {
                Reason = ObjectStorageErrorReasons.InvalidKey,
            };
        }
    }
}
