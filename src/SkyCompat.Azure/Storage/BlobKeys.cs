using System.Buffers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Refuses the keys that the service would take for others: it resolves dot segments, drops dots and slashes at the end, and takes a backslash for a slash
/// (Microsoft: "Naming and referencing containers, blobs, and metadata").</summary>
internal static class BlobKeys
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c), '\u007f', '\\']);

    /// <summary>Whether the service can hold a key.</summary>
    public static bool CanHold(string key) => !key.AsSpan().ContainsAny(Forbidden) && !EndsBadly(key);

    /// <summary>Checks a key before its request.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isNew">Whether an object is to get it. Otherwise one that cannot be held is simply not there.</param>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/> with reason <see cref="ObjectStorageErrorReasons.InvalidKey"/>;
    /// <see cref="CloudErrorCode.NotFound"/> with reason <see cref="ObjectStorageErrorReasons.ObjectNotFound"/>.</exception>
    public static void Check(string key, bool isNew)
    {
        if (CanHold(key))
        {
            return;
        }

        if (!isNew)
        {
            throw new CloudException(CloudErrorCode.NotFound, "The object does not exist: Blob Storage cannot hold this key.") { Reason = ObjectStorageErrorReasons.ObjectNotFound, Resource = key };
        }

        throw key.AsSpan().IndexOfAny(Forbidden) is var at and >= 0
            ? Invalid(key, $"has the character U+{(int)key[at]:X4}, which its paths cannot carry")
            : Invalid(key, "has a segment that ends in a dot, or ends in a slash: the service drops those, and would take it for another key");
    }

    private static bool EndsBadly(string key) => key[^1] is '/' or '.' || key.Contains("./", StringComparison.Ordinal);

    private static CloudException Invalid(string key, string why) =>
        new(CloudErrorCode.InvalidArgument, $"Blob Storage cannot hold this key. It {why}.") { Reason = ObjectStorageErrorReasons.InvalidKey, Resource = key };
}
