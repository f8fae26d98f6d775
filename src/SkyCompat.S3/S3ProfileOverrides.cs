using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>What differs from a profile: section <c>Overrides</c> of the provider's own. Every property that is not null replaces the one of the same name in <see cref="S3Profile"/>.</summary>
public sealed class S3ProfileOverrides
{
    /// <summary>Features that the store has beyond the profile's, separated by commas, such as <c>PutIfAbsent, PutIfMatch</c>.</summary>
    public BucketFeatures? AddFeatures { get; set; }

    /// <summary>Features that the store lacks, separated by commas.</summary>
    public BucketFeatures? RemoveFeatures { get; set; }

    /// <summary>Replaces <see cref="S3Profile.ListVersion"/>.</summary>
    public S3ListVersion? ListVersion { get; set; }

    /// <summary>Replaces <see cref="S3Profile.UrlEncodedLists"/>.</summary>
    public bool? UrlEncodedLists { get; set; }

    /// <summary>Replaces <see cref="S3Profile.Checksums"/>.</summary>
    public S3ChecksumMode? Checksums { get; set; }

    /// <summary>Replaces <see cref="S3Profile.CreateIfAbsent"/>.</summary>
    public S3CreateIfAbsent? CreateIfAbsent { get; set; }

    /// <summary>Replaces <see cref="S3Profile.LocationConstraint"/>.</summary>
    public S3LocationConstraint? LocationConstraint { get; set; }

    /// <summary>Replaces <see cref="S3Profile.CompleteReturnsTag"/>.</summary>
    public bool? CompleteReturnsTag { get; set; }

    /// <summary>Replaces <see cref="S3Profile.CopyReturnsVersion"/>.</summary>
    public bool? CopyReturnsVersion { get; set; }

    /// <summary>Replaces <see cref="S3Profile.LateTags"/>.</summary>
    public bool? LateTags { get; set; }

    /// <summary>Replaces <see cref="S3Profile.CopyKeepsTags"/>.</summary>
    public bool? CopyKeepsTags { get; set; }

    /// <summary>Replaces <see cref="S3Profile.DeleteIfMatchFailsOnMissing"/>.</summary>
    public bool? DeleteIfMatchFailsOnMissing { get; set; }

    /// <summary>Replaces <see cref="S3Profile.InfrequentClass"/>; empty for none.</summary>
    public string? InfrequentClass { get; set; }

    /// <summary>Replaces <see cref="S3Profile.ColdClass"/>; empty for none.</summary>
    public string? ColdClass { get; set; }

    /// <summary>Replaces <see cref="S3Profile.ArchiveClass"/>; empty for none.</summary>
    public string? ArchiveClass { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxKeyBytes"/>; 1 to 65,536.</summary>
    public int? MaxKeyBytes { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxMetadataBytes"/>; 0 to 65,536.</summary>
    public int? MaxMetadataBytes { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxTags"/>; 0 to 1,000.</summary>
    public int? MaxTags { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxObjectBytes"/>; at least 1.</summary>
    public long? MaxObjectBytes { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxPutBytes"/>; at least 1.</summary>
    public long? MaxPutBytes { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MinPartBytes"/>; at least 1 and at most <see cref="MaxPartBytes"/>.</summary>
    public long? MinPartBytes { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxPartBytes"/>; at least 1.</summary>
    public long? MaxPartBytes { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxParts"/>; 1 to 1,000,000.</summary>
    public int? MaxParts { get; set; }

    /// <summary>Replaces <see cref="S3Profile.UniformParts"/>.</summary>
    public bool? UniformParts { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxCopyBytes"/>; at least 1.</summary>
    public long? MaxCopyBytes { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxBatchDelete"/>; 1 to 10,000.</summary>
    public int? MaxBatchDelete { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxPageSize"/>; 1 to 10,000.</summary>
    public int? MaxPageSize { get; set; }

    /// <summary>Replaces <see cref="S3Profile.MaxSignedLifetime"/>; from 1 second to 7 days, the most that the signature allows.</summary>
    public TimeSpan? MaxSignedLifetime { get; set; }

    /// <summary>The profile with these differences.</summary>
    internal S3Profile Apply(S3Profile profile) => profile with
    {
        Features = (profile.Features | (AddFeatures ?? default)) & ~(RemoveFeatures ?? default),
        ListVersion = ListVersion ?? profile.ListVersion,
        UrlEncodedLists = UrlEncodedLists ?? profile.UrlEncodedLists,
        Checksums = Checksums ?? profile.Checksums,
        CreateIfAbsent = CreateIfAbsent ?? profile.CreateIfAbsent,
        LocationConstraint = LocationConstraint ?? profile.LocationConstraint,
        CompleteReturnsTag = CompleteReturnsTag ?? profile.CompleteReturnsTag,
        CopyReturnsVersion = CopyReturnsVersion ?? profile.CopyReturnsVersion,
        LateTags = LateTags ?? profile.LateTags,
        CopyKeepsTags = CopyKeepsTags ?? profile.CopyKeepsTags,
        DeleteIfMatchFailsOnMissing = DeleteIfMatchFailsOnMissing ?? profile.DeleteIfMatchFailsOnMissing,
        InfrequentClass = ClassOr(InfrequentClass, profile.InfrequentClass),
        ColdClass = ClassOr(ColdClass, profile.ColdClass),
        ArchiveClass = ClassOr(ArchiveClass, profile.ArchiveClass),
        MaxKeyBytes = MaxKeyBytes ?? profile.MaxKeyBytes,
        MaxMetadataBytes = MaxMetadataBytes ?? profile.MaxMetadataBytes,
        MaxTags = MaxTags ?? profile.MaxTags,
        MaxObjectBytes = MaxObjectBytes ?? profile.MaxObjectBytes,
        MaxPutBytes = MaxPutBytes ?? profile.MaxPutBytes,
        MinPartBytes = MinPartBytes ?? profile.MinPartBytes,
        MaxPartBytes = MaxPartBytes ?? profile.MaxPartBytes,
        MaxParts = MaxParts ?? profile.MaxParts,
        UniformParts = UniformParts ?? profile.UniformParts,
        MaxCopyBytes = MaxCopyBytes ?? profile.MaxCopyBytes,
        MaxBatchDelete = MaxBatchDelete ?? profile.MaxBatchDelete,
        MaxPageSize = MaxPageSize ?? profile.MaxPageSize,
        MaxSignedLifetime = MaxSignedLifetime ?? profile.MaxSignedLifetime,
    };

    private static string? ClassOr(string? value, string? fallback) => value is null ? fallback : value.Length == 0 ? null : value;
}
