using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>The sizes of regions, kept for an hour: the list has thousands of entries and changes by the week.</summary>
internal sealed class MachineSizes(ArmClient client, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<MachineSize> Sizes)> _regions = new(StringComparer.Ordinal);

    /// <summary>The sizes of a region that are open to the subscription.</summary>
    public async Task<IReadOnlyList<MachineSize>> ListAsync(string region, CancellationToken cancellationToken)
    {
        var name = Regions.Normalize(region);
        var now = time.GetUtcNow();
        if (_regions.TryGetValue(name, out var kept) && now < kept.Until)
        {
            return kept.Sizes;
        }

        var filter = "$filter=" + Uri.EscapeDataString($"location eq '{name}'");
        var items = await client.ListAllAsync($"{client.Scope.Subscription}/providers/Microsoft.Compute/skus", ArmVersions.Skus, filter, cancellationToken).ConfigureAwait(false);
        MachineSize[] sizes = [.. items.Select(item => Read(item, name)).OfType<MachineSize>()];
        _regions[name] = (now + Lifetime, sizes);
        return sizes;
    }

    /// <summary>A family of sizes as quotas and sizes are compared: some names carry stray spaces.</summary>
    public static string NormalizeFamily(string family) => family.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static MachineSize? Read(JsonElement sku, string region)
    {
        if (sku.Text("resourceType") != "virtualMachines" || sku.Text("name") is not { Length: > 0 } name)
        {
            return null;
        }

        var abilities = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var ability in sku.Items("capabilities"))
        {
            abilities[ability.Text("name") ?? ""] = ability.Text("value") ?? "";
        }

        var processors = (int)(NumberOf(abilities, "vCPUsAvailable") ?? NumberOf(abilities, "vCPUs") ?? 0);
        var memory = NumberOf(abilities, "MemoryGB") ?? 0;
        // The images that families stand for start on machines of the second generation only.
        if (processors < 1 || (abilities.TryGetValue("HyperVGenerations", out var generations) && !generations.Contains("V2", StringComparison.Ordinal)))
        {
            return null;
        }

        var (isRegional, zones) = Places(sku, region);
        var gpus = (int)(NumberOf(abilities, "GPUs") ?? 0);
        var architecture = Is(abilities, "CpuArchitectureType", "Arm64") ? CpuArchitecture.Arm64 : CpuArchitecture.X64;
        return isRegional || zones.Count > 0
            ? new MachineSize(name, sku.Text("family")?.Replace(" ", "", StringComparison.Ordinal), new MachineShape(processors, memory, architecture, gpus, gpus > 0 ? GpuModels.Of(name) : null))
            {
                IsRegional = isRegional,
                Zones = zones,
                HasSpot = Is(abilities, "LowPriorityCapable", "True"),
                CanHibernate = Is(abilities, "HibernationSupported", "True"),
            }
            : null;
    }

    /// <summary>Where a size can be had: what the region has, less what is closed to the subscription.</summary>
    private static (bool IsRegional, IReadOnlyList<string> Zones) Places(JsonElement sku, string region)
    {
        var zones = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var place in sku.Items("locationInfo"))
        {
            if (Regions.AreSame(place.Text("location"), region))
            {
                zones.UnionWith(place.Texts("zones"));
            }
        }

        var isRegional = true;
        foreach (var restriction in sku.Items("restrictions"))
        {
            if (restriction.Text("type") == "Zone")
            {
                zones.ExceptWith(restriction.Texts("restrictionInfo", "zones"));
            }
            else if (restriction.Texts("values").Any(place => Regions.AreSame(place, region)))
            {
                isRegional = false;
            }
        }

        // Closed without naming a zone means closed in all that are not named as open.
        return isRegional ? (true, [.. zones]) : (false, []);
    }

    private static double? NumberOf(Dictionary<string, string> abilities, string name) =>
        abilities.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool Is(Dictionary<string, string> abilities, string name, string value) => abilities.TryGetValue(name, out var text) && text.Equals(value, StringComparison.OrdinalIgnoreCase);
}
