using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Storage tiers and the storage classes that stand for them.</summary>
internal static class GoogleTiers
{
    /// <summary>The class of a tier.</summary>
    public static string ClassOf(StorageTier tier) => tier switch
    {
        StorageTier.Infrequent => "NEARLINE",
        StorageTier.Cold => "COLDLINE",
        StorageTier.Archive => "ARCHIVE",
        _ => "STANDARD",
    };

    /// <summary>The class to ask for; null for the bucket's default.</summary>
    public static string? ChoiceOf(StorageTier tier) => tier == StorageTier.Standard ? null : ClassOf(tier);

    /// <summary>The tier of a class. The classes of former times (regional, multi-regional, durable reduced availability) are for frequent access.</summary>
    public static StorageTier Read(string? storageClass) => storageClass switch
    {
        "NEARLINE" => StorageTier.Infrequent,
        "COLDLINE" => StorageTier.Cold,
        "ARCHIVE" => StorageTier.Archive,
        _ => StorageTier.Standard,
    };
}
