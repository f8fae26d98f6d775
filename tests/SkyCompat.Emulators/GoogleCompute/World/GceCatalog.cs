using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>What Google offers: places, instance types, images, quotas. A small part of it.</summary>
internal static class GceCatalog
{
    public static IReadOnlyList<(string Name, string[] Zones)> Regions { get; } =
    [
        ("europe-west3", ["europe-west3-a", "europe-west3-b", "europe-west3-c"]),
        ("europe-west4", ["europe-west4-a", "europe-west4-b"]),
        ("us-central1", ["us-central1-a", "us-central1-b", "us-central1-f"]),
    ];

    public static IReadOnlyList<GceMachine> Machines { get; } =
    [
        new("e2-micro", 2, 1024),
        new("e2-small", 2, 2048),
        new("e2-medium", 2, 4096),
        new("e2-standard-2", 2, 8192),
        new("e2-standard-4", 4, 16384),
        new("n2-standard-2", 2, 8192),
        new("n2-standard-4", 4, 16384),
        new("n2-standard-8", 8, 32768),
        new("n1-standard-4", 4, 15360) { IsDeprecated = true },
        new("c4-standard-4", 4, 15360),
        new("t2a-standard-4", 4, 16384) { Architecture = "ARM64" },
        new("c4a-standard-4", 4, 16384) { Architecture = "ARM64" },
        new("a2-highgpu-1g", 12, 87040) { Gpu = ("nvidia-tesla-a100", 1), OnlyIn = "europe-west4-a" },
        new("g2-standard-4", 4, 16384) { Gpu = ("nvidia-l4", 1) },
    ];

    /// <summary>Project, family, newest image, architecture.</summary>
    public static IReadOnlyList<(string Project, string Family, string Name, string Architecture)> Images { get; } =
    [
        ("ubuntu-os-cloud", "ubuntu-2404-lts-amd64", "ubuntu-2404-noble-amd64-v20261101", "X86_64"),
        ("ubuntu-os-cloud", "ubuntu-2404-lts-arm64", "ubuntu-2404-noble-arm64-v20261101", "ARM64"),
        ("ubuntu-os-cloud", "ubuntu-2204-lts", "ubuntu-2204-jammy-v20261101", "X86_64"),
        ("ubuntu-os-cloud", "ubuntu-2204-lts-arm64", "ubuntu-2204-jammy-arm64-v20261101", "ARM64"),
        ("debian-cloud", "debian-12", "debian-12-bookworm-v20261101", "X86_64"),
        ("debian-cloud", "debian-12-arm64", "debian-12-bookworm-arm64-v20261101", "ARM64"),
        ("debian-cloud", "debian-13", "debian-13-trixie-v20261101", "X86_64"),
        ("debian-cloud", "debian-13-arm64", "debian-13-trixie-arm64-v20261101", "ARM64"),
        ("rocky-linux-cloud", "rocky-linux-9", "rocky-linux-9-v20261101", "X86_64"),
        ("rocky-linux-cloud", "rocky-linux-9-arm64", "rocky-linux-9-arm64-v20261101", "ARM64"),
    ];

    private static readonly string[] FamiliesWithQuota = ["n2", "n2d", "c2", "c2d", "c3", "t2a", "t2d", "a2"];

    public static IReadOnlyList<string> Zones { get; } = [.. Regions.SelectMany(region => region.Zones)];

    public static IReadOnlyList<string> RegionalMetrics { get; } =
        ["CPUS", "PREEMPTIBLE_CPUS", "N2_CPUS", "C3_CPUS", "T2A_CPUS", "A2_CPUS", "INSTANCES", "IN_USE_ADDRESSES", "STATIC_ADDRESSES", "DISKS_TOTAL_GB", "SSD_TOTAL_GB", "NVIDIA_L4_GPUS", "NVIDIA_A100_GPUS", "PREEMPTIBLE_NVIDIA_L4_GPUS"];

    public static IReadOnlyList<string> ProjectMetrics { get; } = ["NETWORKS", "FIREWALLS", "SNAPSHOTS", "CPUS_ALL_REGIONS", "GPUS_ALL_REGIONS"];

    public static double DefaultLimit(string metric) => metric switch
    {
        // A new project has no spot quota of its own, and no graphics processors.
        "PREEMPTIBLE_CPUS" or "GPUS_ALL_REGIONS" or "A2_CPUS" => 0,
        "CPUS_ALL_REGIONS" => 64,
        "INSTANCES" => 240,
        "SSD_TOTAL_GB" or "DISKS_TOTAL_GB" => 4096,
        _ => 24,
    };

    public static GceMachine? FindMachine(string zone, string name) => Machines.FirstOrDefault(machine => machine.Name == name && (machine.OnlyIn is null || machine.OnlyIn == zone));

    /// <summary>The quota that processors of a type count for.</summary>
    public static string CpuMetric(string type, bool isSpot, double spotLimit)
    {
        var family = type[..type.IndexOf('-', StringComparison.Ordinal)];
        return isSpot && spotLimit > 0 ? "PREEMPTIBLE_CPUS" : FamiliesWithQuota.Contains(family) && RegionalMetrics.Contains(family.ToUpperInvariant() + "_CPUS", StringComparer.Ordinal) ? family.ToUpperInvariant() + "_CPUS" : "CPUS";
    }

    public static JsonObject Image((string Project, string Family, string Name, string Architecture) image) => new()
    {
        ["kind"] = "compute#image",
        ["id"] = "7000000000000000001",
        ["name"] = image.Name,
        ["family"] = image.Family,
        ["architecture"] = image.Architecture,
        ["status"] = "READY",
        ["diskSizeGb"] = "10",
        ["creationTimestamp"] = "2026-11-01T00:00:00.000-07:00",
        ["selfLink"] = $"{GceWorld.LinkRoot}projects/{image.Project}/global/images/{image.Name}",
    };
}
