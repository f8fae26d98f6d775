using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer;

/// <summary>One side of a transfer: an object, all objects under a prefix, a local file or a local folder.</summary>
public sealed class TransferLocation
{
    private TransferLocation(IBucket? bucket, string path, bool isMany)
    {
        Bucket = bucket;
        Path = path;
        IsMany = isMany;
    }

    /// <summary>The bucket; null for a file or folder.</summary>
    public IBucket? Bucket { get; }

    /// <summary>The key, the prefix, or the full path of the file or folder.</summary>
    public string Path { get; }

    /// <summary>Whether this holds many objects: a prefix or a folder.</summary>
    public bool IsMany { get; }

    /// <summary>One object.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="key">Its key.</param>
    /// <returns>The location.</returns>
    public static TransferLocation FromObject(IBucket bucket, string key)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentException.ThrowIfNullOrEmpty(key);
        return new TransferLocation(bucket, key, isMany: false);
    }

    /// <summary>All objects whose keys start with a text; the rest of the key is the object's name in the transfer.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">The text, verbatim: <c>photos/</c> and <c>photos</c> differ. Empty for the whole bucket.</param>
    /// <returns>The location.</returns>
    public static TransferLocation FromPrefix(IBucket bucket, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        return new TransferLocation(bucket, prefix, isMany: true);
    }

    /// <summary>One file. As a destination it need not exist; its folders are made.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>The location.</returns>
    public static TransferLocation FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new TransferLocation(null, System.IO.Path.GetFullPath(path), isMany: false);
    }

    /// <summary>All files beneath a folder, by their paths with forward slashes. Links are not followed. As a destination it need not exist.</summary>
    /// <param name="path">The folder's path.</param>
    /// <returns>The location.</returns>
    public static TransferLocation FromFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new TransferLocation(null, System.IO.Path.GetFullPath(path), isMany: true);
    }

    /// <summary>Bucket and key, or the path.</summary>
    /// <returns>Text for people.</returns>
    public override string ToString() => Bucket is null ? Path : $"{Bucket.Name}/{Path}";
}
