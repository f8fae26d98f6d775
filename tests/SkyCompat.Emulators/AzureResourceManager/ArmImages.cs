using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>Images of the marketplace.</summary>
internal sealed class ArmImages(ArmCatalog catalog)
{
    public ArmAnswer Serve(ArmCall call)
    {
        // …/locations/L/publishers/P/artifacttypes/vmimage/offers/O/skus/S/versions/V
        var parts = call.Parts;
        var name = $"{parts[7]}:{parts[11]}:{parts[13]}";
        if (!catalog.Images.TryGetValue(name, out var versions))
        {
            throw new ArmErrorException(404, "NotFound", $"Artifact: VMImage was not found.");
        }

        if (parts.Length == 15)
        {
            IEnumerable<string> ordered = call.Query.GetValueOrDefault("$orderby") == "name desc" ? versions.OrderDescending(StringComparer.Ordinal) : versions.Order(StringComparer.Ordinal);
            var list = new JsonArray();
            foreach (var version in ordered.Take(int.Parse(call.Query.GetValueOrDefault("$top", "1000"), CultureInfo.InvariantCulture)))
            {
                list.Add(Resource(call, version));
            }

            return new ArmAnswer(200, list);
        }

        if (!versions.Contains(parts[15], StringComparer.Ordinal))
        {
            throw new ArmErrorException(404, "ImageVersionNotFound", $"The version '{parts[15]}' of the image was not found.");
        }

        var image = Resource(call, parts[15]);
        image["properties"] = new JsonObject
        {
            ["architecture"] = name.Contains("arm64", StringComparison.Ordinal) ? "Arm64" : "x64",
            ["hyperVGeneration"] = "V2",
            ["osDiskImage"] = new JsonObject { ["operatingSystem"] = "Linux" },
            ["features"] = new JsonArray(new JsonObject { ["name"] = "IsHibernateSupported", ["value"] = "True" }),
        };
        return new ArmAnswer(200, image);
    }

    private static JsonObject Resource(ArmCall call, string version) => new()
    {
        ["location"] = call.Parts[5],
        ["name"] = version,
        ["id"] = $"/{string.Join('/', call.Parts.Take(15))}/{version}",
    };
}
