using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>What image families are called on the marketplace.</summary>
internal static class ImageFamily
{
    private static readonly Dictionary<string, (ImageUrn X64, ImageUrn Arm64)> Families = new(StringComparer.Ordinal)
    {
        ["ubuntu-24.04"] = (new("Canonical", "ubuntu-24_04-lts", "server"), new("Canonical", "ubuntu-24_04-lts", "server-arm64")),
        ["ubuntu-22.04"] = (new("Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2"), new("Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-arm64")),
        ["debian-12"] = (new("Debian", "debian-12", "12-gen2"), new("Debian", "debian-12", "12-arm64")),
        ["debian-11"] = (new("Debian", "debian-11", "11-gen2"), new("Debian", "debian-11", "11-backports-arm64")),
    };

    public static IReadOnlyCollection<string> Names { get; } = [.. Families.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The image that a family stands for, its newest version; null for one that is not known here.</summary>
    public static ImageUrn? Find(string family, CpuArchitecture architecture) =>
        !Families.TryGetValue(family, out var found) ? null : architecture == CpuArchitecture.Arm64 ? found.Arm64 : found.X64;
}
