namespace SkyCompat.Cli.Naming;

/// <summary>A name with what it stands for: a bucket and a key or prefix in it, a whole cloud, a path, or standard input and output. Whether it exists shows at its first use.</summary>
internal sealed class Place(StorageName name, ICloud? cloud, IBucket? bucket, string path)
{
    public StorageName Name => name;

    /// <summary>The cloud; null for paths and for standard input and output.</summary>
    public ICloud? Cloud => cloud;

    /// <summary>The bucket; null for paths, for whole clouds, and for standard input and output.</summary>
    public IBucket? Bucket => bucket;

    /// <summary>The key or prefix as it was written, or the full path.</summary>
    public string Path => path;

    public bool IsLocal => name.Kind is NameKind.Path;

    public bool IsStandard => name.Kind is NameKind.Standard;

    public bool IsWholeCloud => name.Kind is NameKind.Cloud && bucket is null;

    /// <summary>Whether the name says that it is a folder, or it is one on this machine.</summary>
    public bool IsFolder => name.IsFolder || (IsLocal && Directory.Exists(path));

    /// <summary>The key as a folder: empty, or with a slash at its end.</summary>
    public string FolderPrefix => path.Length == 0 || path.EndsWith('/') ? path : path + "/";

    /// <summary>The name of a key in this bucket as a user would write it.</summary>
    public string NameOf(string key) => (name with { Key = key }).ToString();

    public IBucket RequireBucket() => bucket ?? throw new UsageException(
        IsLocal ? $"'{name}' is a path of this machine; this command works on clouds. Write cloud:bucket/key or @logical/key."
        : IsStandard ? "'-' is standard input or output; this command works on clouds. Write cloud:bucket/key or @logical/key."
        : $"'{name}' names a cloud and no bucket. Write {name}bucket/key; `skyc ls {name}` lists the buckets.");

    /// <summary>The bucket and a key that names one object.</summary>
    public (IBucket Bucket, string Key) RequireObject()
    {
        var found = RequireBucket();
        return path.Length > 0 ? (found, path) : throw new UsageException($"'{name}' names a bucket and no object. Write {name}key.");
    }

    public override string ToString() => name.ToString();
}
