using System.Text.Json.Nodes;

namespace SkyCompat.Azure;

/// <summary>The name of a marketplace image: <c>publisher:offer:sku:version</c>.</summary>
/// <param name="Publisher">The publisher.</param>
/// <param name="Offer">The offer.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Version">The version.</param>
internal sealed record ImageUrn(string Publisher, string Offer, string Sku, string Version = ImageUrn.Latest)
{
    public const string Latest = "latest";

    private const int Parts = 4;

    /// <summary>Reads <c>publisher:offer:sku:version</c>; null if it is none.</summary>
    public static ImageUrn? TryParse(string text) =>
        text.Split(':') is { Length: Parts } parts && parts.All(static part => part.Length > 0) ? new ImageUrn(parts[0], parts[1], parts[2], parts[3]) : null;

    /// <summary>An image as the document of a machine names it.</summary>
    /// <param name="id">A marketplace name, a full id, or the id of a shared or community gallery.</param>
    public static JsonObject WriteReference(string id) =>
        TryParse(id) is { } urn ? new JsonObject { ["publisher"] = urn.Publisher, ["offer"] = urn.Offer, ["sku"] = urn.Sku, ["version"] = urn.Version }
        : id.StartsWith("/CommunityGalleries/", StringComparison.OrdinalIgnoreCase) ? new JsonObject { ["communityGalleryImageId"] = id }
        : id.StartsWith("/SharedGalleries/", StringComparison.OrdinalIgnoreCase) ? new JsonObject { ["sharedGalleryImageId"] = id }
        : ArmJson.Reference(id);

    public override string ToString() => $"{Publisher}:{Offer}:{Sku}:{Version}";
}
