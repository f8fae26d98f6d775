using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkyCompat.Contracts.Reading;

/// <summary>Reads a description in whichever of the four dialects it is, after joining what belongs to it.</summary>
internal static class SpecReader
{
    /// <summary>Reads a description.</summary>
    /// <param name="name">Its name: the stem of its file.</param>
    /// <param name="document">Its text.</param>
    /// <param name="other">A second Google document on the same interface.</param>
    public static ApiDescription Read(string name, string document, string? other = null)
    {
        var root = JsonNode.Parse(document)!.AsObject();
        if (other is not null)
        {
            DiscoveryMerger.Merge(root, JsonNode.Parse(other)!.AsObject());
        }

        using (var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Supplements/{name}.json"))
        {
            if (stream is not null)
            {
                Join(root, JsonNode.Parse(stream)!.AsObject());
            }
        }

        var element = root.Deserialize<JsonElement>();
        return root.ContainsKey("swagger") ? SwaggerReader.Read(name, element)
            : root.ContainsKey("metadata") ? BotocoreReader.Read(name, element)
            : root.ContainsKey("apis") ? AlibabaReader.Read(name, element)
            : root["kind"]?.GetValue<string>() == "discovery#restDescription" ? DiscoveryReader.Read(name, element)
            : throw new InvalidDataException($"'{name}' is in none of the four dialects.");
    }

    /// <summary>Adds a supplement: structures are joined, lists are lengthened, anything else is replaced.</summary>
    private static void Join(JsonObject target, JsonObject supplement)
    {
        foreach (var (name, value) in supplement)
        {
            if (target[name] is JsonObject known && value is JsonObject added)
            {
                Join(known, added);
            }
            else if (target[name] is JsonArray list && value is JsonArray more)
            {
                foreach (var item in more)
                {
                    list.Add(item!.DeepClone());
                }
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
