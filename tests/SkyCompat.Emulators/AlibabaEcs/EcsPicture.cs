namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>An image.</summary>
/// <param name="Id">Its id, which for system images is its name too.</param>
/// <param name="Family">Its family; empty for none.</param>
/// <param name="Architecture"><c>x86_64</c> or <c>arm64</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record EcsPicture(string Id, string Family, string Architecture, string CreatedAt)
{
    public static IReadOnlyList<EcsPicture> All { get; } =
    [
        new("ubuntu_24_04_x64_20G_alibase_20250117.vhd", "acs:ubuntu_24_04_x64", "x86_64", "2025-01-20T03:14:00Z"),
        new("ubuntu_24_04_x64_20G_alibase_20251102.vhd", "acs:ubuntu_24_04_x64", "x86_64", "2025-11-05T03:14:00Z"),
        new("ubuntu_24_04_arm64_20G_alibase_20251102.vhd", "acs:ubuntu_24_04_arm64", "arm64", "2025-11-05T03:15:00Z"),
        new("ubuntu_22_04_x64_20G_alibase_20251102.vhd", "acs:ubuntu_22_04_x64", "x86_64", "2025-11-05T03:16:00Z"),
        new("ubuntu_22_04_arm64_20G_alibase_20251102.vhd", "acs:ubuntu_22_04_arm64", "arm64", "2025-11-05T03:17:00Z"),
        new("ubuntu_22_04_uefi_x64_20G_alibase_20251102.vhd", "acs:ubuntu_22_04_uefi_x64", "x86_64", "2025-11-06T03:17:00Z"),
        new("debian_12_4_x64_20G_alibase_20240327.vhd", "acs:debian_12_4_x64", "x86_64", "2024-03-28T02:00:00Z"),
        new("debian_12_11_x64_20G_alibase_20250917.vhd", "acs:debian_12_11_x64", "x86_64", "2025-09-18T02:00:00Z"),
        new("debian_12_11_arm64_20G_alibase_20250917.vhd", "acs:debian_12_11_arm64", "arm64", "2025-09-18T02:01:00Z"),
        new("debian_11_11_x64_20G_alibase_20250917.vhd", "acs:debian_11_11_x64", "x86_64", "2025-09-19T02:00:00Z"),
        new("aliyun_3_x64_20G_alibase_20251030.vhd", "acs:alibaba_cloud_linux_3_2104_lts_x64", "x86_64", "2025-11-01T02:00:00Z"),
        new("ubuntu_22_04", "", "x86_64", "2022-05-01T00:00:00Z"),
    ];
}
