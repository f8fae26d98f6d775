using System.Text.Json.Nodes;

namespace SkyCompat.Contracts.Reading;

/// <summary>Joins two descriptions of one Google interface, an older discovery document and the library of today: what either has is there.</summary>
internal static class DiscoveryMerger
{
    /// <summary>Adds to a document what only the other has.</summary>
    public static void Merge(JsonObject document, JsonObject other)
    {
        var schemas = document["schemas"]!.AsObject();
        var others = other["schemas"]?.AsObject() ?? [];
        foreach (var (name, schema) in others)
        {
            if (schemas[name] is JsonObject known)
            {
                MergeSchema(known, schema!.AsObject(), others);
            }
            else
            {
                schemas[name] = schema!.DeepClone();
            }
        }

        MergeResources(document, other);
    }

    private static void MergeResources(JsonObject document, JsonObject other)
    {
        if (other["parameters"] is JsonObject shared)
        {
            AddMissing(Member(document, "parameters"), shared);
        }

        foreach (var (name, method) in other["methods"] as JsonObject ?? [])
        {
            var methods = Member(document, "methods");
            if (methods[name] is not JsonObject known)
            {
                methods[name] = method!.DeepClone();
            }
            else if (method!["parameters"] is JsonObject parameters)
            {
                AddMissing(Member(known, "parameters"), parameters);
            }
        }

        foreach (var (name, resource) in other["resources"] as JsonObject ?? [])
        {
            MergeResources(Member(Member(document, "resources"), name), resource!.AsObject());
        }
    }

    private static void MergeSchema(JsonObject known, JsonObject other, JsonObject others)
    {
        if (other["$ref"]?.GetValue<string>() is { } reference)
        {
            // The older document spells out a structure that the newer one names.
            if (known["properties"] is not null && others[reference] is JsonObject named)
            {
                MergeSchema(known, named, others);
            }

            return;
        }

        if (known["enum"] is JsonArray values)
        {
            if (other["enum"] is JsonArray newer)
            {
                foreach (var value in newer.Select(value => value!.GetValue<string>()).Except(values.Select(value => value!.GetValue<string>()), StringComparer.Ordinal).ToList())
                {
                    values.Add(value);
                }
            }
            else if (other["type"] is not null)
            {
                // What one of the two leaves open is open.
                known.Remove("enum");
            }
        }

        if (known["items"] is JsonObject items && other["items"] is JsonObject otherItems)
        {
            MergeSchema(items, otherItems, others);
        }

        foreach (var (name, property) in other["properties"] as JsonObject ?? [])
        {
            if (known["properties"] is not JsonObject properties)
            {
                return;
            }

            if (properties[name] is JsonObject mine)
            {
                MergeSchema(mine, property!.AsObject(), others);
            }
            else
            {
                properties[name] = property!.DeepClone();
            }
        }
    }

    private static JsonObject Member(JsonObject owner, string name)
    {
        if (owner[name] is not JsonObject member)
        {
            owner[name] = member = [];
        }

        return member;
    }

    private static void AddMissing(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
        {
            if (!target.ContainsKey(name))
            {
                target[name] = value!.DeepClone();
            }
        }
    }
}
