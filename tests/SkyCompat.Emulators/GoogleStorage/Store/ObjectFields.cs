using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>What a caller may set of an object besides its data.</summary>
internal sealed record ObjectFields
{
    private const int MaxMetadataBytes = 8 << 10;

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentDisposition { get; init; }

    public string? ContentLanguage { get; init; }

    public string? CacheControl { get; init; }

    public DateTimeOffset? CustomTime { get; init; }

    public bool? TemporaryHold { get; init; }

    public bool? EventBasedHold { get; init; }

    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Those of a resource; what it does not mention is not set.</summary>
    public static ObjectFields FromJson(JsonObject resource) => new ObjectFields().Merge(resource);

    /// <summary>These, changed as a patch says: what it does not mention stays, null takes away, also single keys of the metadata.</summary>
    /// <exception cref="GcsError">400: a value has the wrong type, or the metadata is too large.</exception>
    public ObjectFields Merge(JsonObject patch)
    {
        var merged = this with
        {
            ContentType = Text(patch, "contentType", ContentType),
            ContentEncoding = Text(patch, "contentEncoding", ContentEncoding),
            ContentDisposition = Text(patch, "contentDisposition", ContentDisposition),
            ContentLanguage = Text(patch, "contentLanguage", ContentLanguage),
            CacheControl = Text(patch, "cacheControl", CacheControl),
            CustomTime = Time(patch, "customTime", CustomTime),
            TemporaryHold = Flag(patch, "temporaryHold", TemporaryHold),
            EventBasedHold = Flag(patch, "eventBasedHold", EventBasedHold),
            Metadata = MergeMetadata(patch),
        };
        if (merged.Metadata.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) > MaxMetadataBytes)
        {
            throw GcsError.Invalid($"The metadata for the object exceeds the limit of {MaxMetadataBytes} bytes.", "MetadataTooLarge");
        }

        return merged;
    }

    public void WriteTo(JsonObject resource)
    {
        Set("contentType", ContentType);
        Set("contentEncoding", ContentEncoding);
        Set("contentDisposition", ContentDisposition);
        Set("contentLanguage", ContentLanguage);
        Set("cacheControl", CacheControl);
        Set("customTime", CustomTime is { } time ? ObjectResource.Time(time) : null);
        if (TemporaryHold is { } temporary)
        {
            resource["temporaryHold"] = temporary;
        }

        if (EventBasedHold is { } eventBased)
        {
            resource["eventBasedHold"] = eventBased;
        }

        if (Metadata.Count > 0)
        {
            resource["metadata"] = new JsonObject(Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));
        }

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                resource[name] = value;
            }
        }
    }

    private ImmutableSortedDictionary<string, string> MergeMetadata(JsonObject patch)
    {
        if (!patch.TryGetPropertyValue("metadata", out var node))
        {
            return Metadata;
        }

        if (node is null)
        {
            return Metadata.Clear();
        }

        var merged = Metadata;
        foreach (var (key, value) in node as JsonObject ?? throw WrongType("metadata"))
        {
            if (key.Length == 0)
            {
                throw GcsError.Invalid("A metadata key must not be empty.");
            }

            merged = value is null ? merged.Remove(key) : merged.SetItem(key, Text(value, "metadata"));
        }

        return merged;
    }

    private static string? Text(JsonObject patch, string name, string? current) =>
        !patch.TryGetPropertyValue(name, out var node) ? current : node is null ? null : Text(node, name) is { Length: > 0 } text ? text : null;

    private static string Text(JsonNode node, string name) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw WrongType(name);

    private static bool? Flag(JsonObject patch, string name, bool? current) =>
        !patch.TryGetPropertyValue(name, out var node) ? current
        : node is null ? null
        : node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag
        : throw WrongType(name);

    private static DateTimeOffset? Time(JsonObject patch, string name, DateTimeOffset? current)
    {
        if (Text(patch, name, current is { } known ? ObjectResource.Time(known) : null) is not { } text)
        {
            return current is null ? null : throw GcsError.Invalid("Custom time cannot be removed once it is set.");
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            throw WrongType(name);
        }

        return time >= (current ?? DateTimeOffset.MinValue) ? time : throw GcsError.Invalid("Custom time cannot be set to an earlier time.");
    }

    private static GcsError WrongType(string name) => GcsError.Invalid($"Invalid value for: {name}");
}
