namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>A multipart upload.</summary>
internal sealed class OssUpload(string id, string key, OssProperties properties, DateTimeOffset initiated)
{
    public string Id { get; } = id;

    public string Key { get; } = key;

    public OssProperties Properties { get; } = properties;

    public DateTimeOffset Initiated { get; } = initiated;

    public SortedDictionary<int, OssPart> Parts { get; } = [];
}
