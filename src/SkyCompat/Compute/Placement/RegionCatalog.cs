using System.Collections.Concurrent;
using System.Text.Json;

namespace SkyCompat.Compute.Placement;

/// <summary>Where regions are, by data.</summary>
internal sealed class RegionCatalog
{
    private readonly List<RegionPlace> _places;
    private readonly ConcurrentDictionary<(string Provider, string Region), string?> _known = new();

    public RegionCatalog()
    {
        using var stream = typeof(RegionCatalog).Assembly.GetManifestResourceStream("SkyCompat.Compute.Placement.regions.json")!;
        _places = JsonSerializer.Deserialize(stream, ComputeJson.Default.ListRegionPlace)!;
    }

    /// <summary>The jurisdiction of a region; null if it is not known.</summary>
    public string? JurisdictionOf(CloudProvider provider, string? region) =>
        _known.GetOrAdd((provider.Name, region ?? ""), static (key, places) => places.Find(place => Pattern.Fits(place.At, $"{key.Provider}/{key.Region}"))?.Jurisdiction, _places);
}
