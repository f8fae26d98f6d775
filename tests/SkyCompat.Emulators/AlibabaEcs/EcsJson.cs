using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Parts of replies.</summary>
internal static class EcsJson
{
    /// <summary>A list as both services wrap them: <c>{"Instances": {"Instance": […]}}</c>.</summary>
    public static JsonObject List(string item, IEnumerable<JsonNode> items) => new() { [item] = new JsonArray([.. items]) };

    public static JsonObject Texts(string item, IEnumerable<string> items) => List(item, items.Select(text => (JsonNode)JsonValue.Create(text)));

    /// <summary>Tags as ECS writes them.</summary>
    public static JsonObject EcsTags(EcsThing thing) => List("Tag", thing.Tags.Select(tag => (JsonNode)new JsonObject { ["TagKey"] = tag.Key, ["TagValue"] = tag.Value }));

    /// <summary>Tags as VPC writes them.</summary>
    public static JsonObject VpcTags(EcsThing thing) => List("Tag", thing.Tags.Select(tag => (JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }));

    /// <summary>A page by token: from where the token says, as many as asked for.</summary>
    public static JsonObject TokenPage<T>(EcsCall call, EcsEmulatorOptions options, string list, string item, List<T> all, Func<T, JsonObject> write)
    {
        var from = call.Text("NextToken") is { } token
            ? token.StartsWith("caeba0bbb2be03f8", StringComparison.Ordinal) && int.TryParse(token.AsSpan(16), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : throw EcsErrorException.Invalid("NextToken")
            : 0;
        var size = Math.Min(call.Number("MaxResults") ?? call.Number("PageSize") ?? 10, options.MaxPageSize);
        var page = all.Skip(from).Take(size).ToList();
        var next = from + page.Count < all.Count ? string.Create(CultureInfo.InvariantCulture, $"caeba0bbb2be03f8{from + page.Count}") : "";
        return new JsonObject { [list] = List(item, page.Select(write)), ["NextToken"] = next };
    }

    /// <summary>A page by number.</summary>
    public static JsonObject NumberPage<T>(EcsCall call, string list, string item, List<T> all, Func<T, JsonObject> write)
    {
        var number = call.Number("PageNumber") ?? 1;
        var size = call.Number("PageSize") ?? 10;
        return new JsonObject
        {
            [list] = List(item, all.Skip((number - 1) * size).Take(size).Select(write)),
            ["TotalCount"] = all.Count,
            ["PageNumber"] = number,
            ["PageSize"] = size,
        };
    }
}
