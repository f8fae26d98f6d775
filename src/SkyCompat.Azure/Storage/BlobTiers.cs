using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Storage tiers and the access tiers that stand for them.</summary>
internal static class BlobTiers
{
    /// <summary>The access tier to ask for.</summary>
    public static string NameOf(StorageTier tier) => tier switch
    {
        StorageTier.Infrequent => "Cool",
        StorageTier.Cold => "Cold",
        StorageTier.Archive => "Archive",
        _ => "Hot",
    };

    /// <summary>The access tier of a write; null for the account's default, which is not named because premium accounts have none.</summary>
    public static string? OfWrite(StorageTier tier) => tier == StorageTier.Standard ? null : NameOf(tier);

    /// <summary>The tier that an access tier stands for; those of premium accounts are read like the hot one.</summary>
    public static StorageTier Read(string? accessTier) => accessTier switch
    {
        "Cool" => StorageTier.Infrequent,
        "Cold" => StorageTier.Cold,
        "Archive" => StorageTier.Archive,
        _ => StorageTier.Standard,
    };
}
