using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>Finds images: those of the marketplace by family or name, a subscription's own by their id.</summary>
internal sealed class PlatformImages(ArmClient client)
{
    private const string Newest = "$top=1&$orderby=name%20desc";

    public async Task<MachineImage?> TryFindAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken)
    {
        if (image.Family is { } family)
        {
            return ImageFamily.Find(family, architecture) is { } urn && await TryFindAsync(urn, architecture, region, cancellationToken).ConfigureAwait(false) is { } found
                ? found with { Family = family }
                : null;
        }

        var id = image.Id!;
        return ImageUrn.TryParse(id) is { } named ? await TryFindAsync(named, architecture, region, cancellationToken).ConfigureAwait(false)
            : id.Contains("/providers/Microsoft.Compute/images/", StringComparison.OrdinalIgnoreCase) ? await TryFindOwnAsync(id, architecture, region, cancellationToken).ConfigureAwait(false)
            // What a gallery has is looked at when the machine is made.
            : id.Contains("Galleries/", StringComparison.OrdinalIgnoreCase) ? new MachineImage(id) { Architecture = architecture }
            : null;
    }

    /// <summary>Whether machines of an image can hibernate; of images that are not of the marketplace this is not told.</summary>
    public async Task<bool> CanHibernateAsync(string id, string region, CancellationToken cancellationToken)
    {
        if (ImageUrn.TryParse(id) is not { } urn)
        {
            return false;
        }

        var image = await client.TryGetAsync($"{VersionsOf(urn, region)}/{Uri.EscapeDataString(urn.Version)}", ArmVersions.Compute, cancellationToken, query: null, ArmSubject.Image).ConfigureAwait(false);
        return image.Items("properties", "features").Any(static feature => feature.Text("name") == "IsHibernateSupported" && "True".Equals(feature.Text("value"), StringComparison.OrdinalIgnoreCase));
    }

    private string VersionsOf(ImageUrn urn, string region) =>
        $"{client.Scope.Subscription}/providers/Microsoft.Compute/locations/{Uri.EscapeDataString(Regions.Normalize(region))}/publishers/{Uri.EscapeDataString(urn.Publisher)}" +
        $"/artifacttypes/vmimage/offers/{Uri.EscapeDataString(urn.Offer)}/skus/{Uri.EscapeDataString(urn.Sku)}/versions";

    private async Task<MachineImage?> TryFindAsync(ImageUrn urn, CpuArchitecture architecture, string region, CancellationToken cancellationToken)
    {
        var path = VersionsOf(urn, region);
        if (urn.Version == ImageUrn.Latest)
        {
            var versions = await client.TryGetAsync(path, ArmVersions.Compute, cancellationToken, Newest, ArmSubject.Image).ConfigureAwait(false);
            return versions.ValueKind == JsonValueKind.Array && versions.EnumerateArray().FirstOrDefault().Text("name") is { } newest ? Create(urn with { Version = newest }, architecture) : null;
        }

        var image = await client.TryGetAsync($"{path}/{Uri.EscapeDataString(urn.Version)}", ArmVersions.Compute, cancellationToken, query: null, ArmSubject.Image).ConfigureAwait(false);
        return image.Text("name") is null ? null : Create(urn, image.Text("properties", "architecture") switch
        {
            "Arm64" => CpuArchitecture.Arm64,
            null => architecture,
            _ => CpuArchitecture.X64,
        });
    }

    private async Task<MachineImage?> TryFindOwnAsync(string id, CpuArchitecture architecture, string region, CancellationToken cancellationToken)
    {
        var image = await client.TryGetAsync(id, ArmVersions.Compute, cancellationToken, query: null, ArmSubject.Image).ConfigureAwait(false);
        return image.Text("id") is { } found && image.IsIn(region) ? new MachineImage(found) { Name = image.Text("name"), Architecture = architecture } : null;
    }

    private static MachineImage Create(ImageUrn urn, CpuArchitecture architecture) => new(urn.ToString()) { Name = $"{urn.Offer} {urn.Sku} {urn.Version}", Architecture = architecture };
}
