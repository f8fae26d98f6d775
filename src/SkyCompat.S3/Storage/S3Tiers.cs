using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>Storage tiers and the storage classes that stand for them.</summary>
internal static class S3Tiers
{
    /// <summary>The class to ask for; null for the store's default.</summary>
    public static string? ClassOf(S3Profile profile, StorageTier tier) => tier switch
    {
        StorageTier.Infrequent => profile.InfrequentClass ?? throw Lacking(profile, tier),
        StorageTier.Cold => profile.ColdClass ?? throw Lacking(profile, tier),
        StorageTier.Archive => profile.ArchiveClass ?? throw Lacking(profile, tier),
        _ => null,
    };

    /// <summary>The tier that a class of any vendor stands for.</summary>
    public static StorageTier Read(S3Profile profile, string? storageClass) => storageClass switch
    {
        null or "" or "STANDARD" => StorageTier.Standard,
        _ when storageClass == profile.InfrequentClass => StorageTier.Infrequent,
        _ when storageClass == profile.ColdClass => StorageTier.Cold,
        _ when storageClass == profile.ArchiveClass => StorageTier.Archive,
        "STANDARD_IA" or "ONEZONE_IA" or "NEARLINE" or "IA" => StorageTier.Infrequent,
        "GLACIER_IR" or "COLDLINE" => StorageTier.Cold,
        "GLACIER" or "DEEP_ARCHIVE" or "ARCHIVE" or "COLD" or "ColdArchive" or "DeepColdArchive" => StorageTier.Archive,
        _ => StorageTier.Standard,
    };

    private static CloudException Lacking(S3Profile profile, StorageTier tier) =>
        new(CloudErrorCode.Unsupported, $"The profile '{profile.Name}' has no storage class for tier {tier}.");
}
