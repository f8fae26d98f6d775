namespace SkyCompat.ObjectStorage;

/// <summary>Marks a write with a random id in the object's metadata, so that after a lost reply a look at the object tells whether it is this write's.</summary>
internal static class WriteStamp
{
    private const string MetadataKey = AttributeRules.ReservedPrefix + "write-id";

    /// <summary>How much of the provider's limit on metadata a stamp takes.</summary>
    public const int Bytes = 50;

    public static string NewId() => Guid.CreateVersion7().ToString("N");

    public static IReadOnlyDictionary<string, string> Add(IReadOnlyDictionary<string, string> metadata, string id) =>
        new Dictionary<string, string>(metadata, StringComparer.Ordinal) { [MetadataKey] = id };

    public static bool Has(ObjectInfo? info, string id) => info is not null && info.Metadata.TryGetValue(MetadataKey, out var found) && string.Equals(found, id, StringComparison.Ordinal);
}
