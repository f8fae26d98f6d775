using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>Checks of what is sent.</summary>
internal static partial class GceFields
{
    /// <summary>The name of a new resource.</summary>
    public static string Name(JsonObject sent)
    {
        var name = (string?)sent["name"] ?? throw GceError.Invalid("resource.name", "", "Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'");
        return NameForm().IsMatch(name) ? name : throw GceError.Invalid("resource.name", name, "Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'");
    }

    /// <summary>Labels: at most 64, with lower-case letters, digits, hyphens and underscores, up to 63 each.</summary>
    public static void Labels(JsonNode? labels)
    {
        if (labels is not JsonObject map)
        {
            return;
        }

        if (map.Count > 64)
        {
            throw GceError.Invalid("resource.labels", "", "Too many labels.");
        }

        foreach (var (key, value) in map)
        {
            if (!LabelKey().IsMatch(key))
            {
                throw GceError.Invalid("resource.labels", key, "Label key does not match.");
            }

            if (!LabelValue().IsMatch((string?)value ?? ""))
            {
                throw GceError.Invalid("resource.labels", (string?)value, "Label value violates format constraints. The value can only contain lowercase letters, numeric characters, underscores and dashes. The value can be at most 63 characters long.");
            }
        }
    }

    public static string Last(string address) => address[(address.LastIndexOf('/') + 1)..];

    [GeneratedRegex("^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$", RegexOptions.None, 1000)]
    private static partial Regex NameForm();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,62}$", RegexOptions.None, 1000)]
    private static partial Regex LabelKey();

    [GeneratedRegex("^[a-z0-9_-]{0,63}$", RegexOptions.None, 1000)]
    private static partial Regex LabelValue();
}
