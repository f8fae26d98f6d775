using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Pages of lists, of one place and of all.</summary>
internal static class GceLists
{
    /// <summary>A page of a collection.</summary>
    public static JsonObject Page(GceCall call, string kind, string collection, IEnumerable<JsonObject> resources)
    {
        var (items, next) = Cut(call, Sort(call, [.. resources.Where(resource => GceFilter.Fits(call.Query("filter"), resource))]));
        var page = new JsonObject
        {
            ["kind"] = kind,
            ["id"] = $"{collection}",
            ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
            ["selfLink"] = GceWorld.LinkRoot + collection,
        };
        if (items.Count == 0)
        {
            page.Remove("items");
        }

        if (next is not null)
        {
            page["nextPageToken"] = next;
        }

        return page;
    }

    /// <summary>A page of all places together; those without results say so.</summary>
    public static JsonObject Aggregate(GceCall call, string kind, string member, IReadOnlyList<string> places, Func<string, IEnumerable<JsonObject>> read)
    {
        var all = places.SelectMany(place => read(place).Where(resource => GceFilter.Fits(call.Query("filter"), resource)).Select(resource => (place, resource))).ToList();
        var (items, next) = Cut(call, all);
        var scopes = new JsonObject();
        foreach (var place in places)
        {
            var here = items.Where(item => item.place == place).Select(item => item.resource.DeepClone()).ToArray();
            scopes[place] = here.Length > 0
                ? new JsonObject { [member] = new JsonArray(here) }
                : new JsonObject
                {
                    ["warning"] = new JsonObject
                    {
                        ["code"] = "NO_RESULTS_ON_PAGE",
                        ["message"] = $"There are no results for scope '{place}' on this page.",
                        ["data"] = new JsonArray(new JsonObject { ["key"] = "scope", ["value"] = place }),
                    },
                };
        }

        var page = new JsonObject { ["kind"] = kind, ["id"] = "aggregated", ["items"] = scopes, ["selfLink"] = GceWorld.LinkRoot + "aggregated" };
        if (next is not null)
        {
            page["nextPageToken"] = next;
        }

        return page;
    }

    private static List<JsonObject> Sort(GceCall call, List<JsonObject> resources) => call.Query("orderBy") switch
    {
        null or "name" => resources,
        "creationTimestamp desc" => [.. resources.AsEnumerable().Reverse()],
        var other => throw GceError.Invalid("orderBy", other, "Sorting by this is not supported."),
    };

    private static (List<T> Items, string? Next) Cut<T>(GceCall call, List<T> all)
    {
        var size = call.Number("maxResults", 500, 500);
        size = size == 0 ? 500 : size;
        var start = 0;
        if (call.Query("pageToken") is { Length: > 0 } token)
        {
            try
            {
                start = int.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(token)), NumberStyles.None, CultureInfo.InvariantCulture);
            }
            catch (FormatException)
            {
                throw GceError.Invalid("pageToken", token, "Invalid page token.");
            }
        }

        var items = all.Skip(start).Take(size).ToList();
        return (items, start + size < all.Count ? Convert.ToBase64String(Encoding.ASCII.GetBytes((start + size).ToString(CultureInfo.InvariantCulture))) : null);
    }
}
