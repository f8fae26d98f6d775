using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>How much of a quota is used, counted from what there is.</summary>
internal static class GceUsage
{
    public static double Of(GceWorld world, string? region, string metric) => metric switch
    {
        "NETWORKS" => world.All("global/networks").Count,
        "FIREWALLS" => world.All("global/firewalls").Count,
        "SNAPSHOTS" => world.All("global/snapshots").Count,
        "STATIC_ADDRESSES" => world.All($"regions/{region}/addresses").Count,
        "INSTANCES" => Instances(world, region).Count(),
        "DISKS_TOTAL_GB" or "SSD_TOTAL_GB" => metric[0] == 'D' ? 0 : world.Everywhere("disks").Where(disk => IsIn(disk, region)).Sum(disk => double.Parse((string)disk["sizeGb"]!)),
        "IN_USE_ADDRESSES" => Instances(world, region).Count(instance => instance.ToJsonString().Contains("natIP", StringComparison.Ordinal)),
        "CPUS_ALL_REGIONS" => Instances(world, null).Where(IsOn).Sum(instance => Machine(instance).Cpus),
        "GPUS_ALL_REGIONS" => Instances(world, null).Where(IsOn).Sum(instance => Machine(instance).Gpu?.Count ?? 0),
        _ when metric.EndsWith("_CPUS", StringComparison.Ordinal) || metric == "CPUS" => Instances(world, region).Where(IsOn)
            .Where(instance => GceCatalog.CpuMetric(Machine(instance).Name, IsSpot(instance), world.LimitOf(region, "PREEMPTIBLE_CPUS")) == metric).Sum(instance => Machine(instance).Cpus),
        _ => 0,
    };

    public static bool IsSpot(JsonObject instance) => (string?)instance["scheduling"]?["provisioningModel"] == "SPOT";

    /// <summary>What lacks for one more instance, which is counted already.</summary>
    public static GceFailure? Lack(GceWorld world, string zone, GceMachine machine, bool isSpot)
    {
        var region = zone[..zone.LastIndexOf('-')];
        var metric = GceCatalog.CpuMetric(machine.Name, isSpot, world.LimitOf(region, "PREEMPTIBLE_CPUS"));
        return Over(region, metric) ?? Over(region, "INSTANCES") ?? Over(null, "CPUS_ALL_REGIONS") ?? (machine.Gpu is null ? null : Over(null, "GPUS_ALL_REGIONS"));

        GceFailure? Over(string? place, string name) => Of(world, place, name) <= world.LimitOf(place, name) ? null
            : new GceFailure("QUOTA_EXCEEDED", $"Quota '{name}' exceeded.  Limit: {world.LimitOf(place, name):0.0} {(place is null ? "globally" : $"in region {place}")}.", 403)
            {
                Quota = (name, world.LimitOf(place, name), place ?? "global"),
            };
    }

    private static IEnumerable<JsonObject> Instances(GceWorld world, string? region) => world.Everywhere("instances").Where(instance => IsIn(instance, region));

    private static bool IsIn(JsonObject resource, string? region) => region is null || ((string)resource["zone"]!).Contains($"/zones/{region}-", StringComparison.Ordinal);

    private static bool IsOn(JsonObject instance) => (string?)instance["status"] is not ("TERMINATED" or "SUSPENDED" or "STOPPED");

    private static GceMachine Machine(JsonObject instance)
    {
        var link = (string)instance["machineType"]!;
        return GceCatalog.Machines.First(machine => link.EndsWith("/" + machine.Name, StringComparison.Ordinal));
    }
}
