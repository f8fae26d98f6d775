using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>What sets one S3-compatible store apart from the others: data, chosen by name in configuration and never guessed from a host name.</summary>
/// <remarks>The presets are in <see cref="S3Profiles"/>. A profile of one's own is made with <c>with</c> from the nearest preset and added by <c>AddS3Profile</c>,
/// or in configuration by <see cref="S3Options.Overrides"/>. The defaults here are those of the custom profile: the least that any store can do.</remarks>
public sealed record S3Profile
{
    /// <summary>The name, as written in configuration; case is ignored.</summary>
    public required string Name { get; init; }

    /// <summary>The endpoint where none is configured; <c>{region}</c> stands for the region. Null if every user has an endpoint of their own.</summary>
    public string? EndpointTemplate { get; init; }

    /// <summary>The region where none is configured, used to sign; null if one must be configured.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>Where a request names its bucket.</summary>
    public S3AddressingStyle Addressing { get; init; }

    /// <summary>The generation of the list request.</summary>
    public S3ListVersion ListVersion { get; init; }

    /// <summary>Whether keys in lists are asked for in URL encoding, which alone can carry control characters.</summary>
    public bool UrlEncodedLists { get; init; } = true;

    /// <summary>How the store checks bodies as it receives them.</summary>
    public S3ChecksumMode Checksums { get; init; }

    /// <summary>How the store is asked to write only where no object has the key; counts with <see cref="BucketFeatures.PutIfAbsent"/>.</summary>
    public S3CreateIfAbsent CreateIfAbsent { get; init; }

    /// <summary>What a request to create a bucket says of its region.</summary>
    public S3LocationConstraint LocationConstraint { get; init; }

    /// <summary>What buckets can do.</summary>
    public BucketFeatures Features { get; init; } = S3Profiles.CommonFeatures;

    /// <summary>Whether the reply to CompleteMultipartUpload carries the tag. If not, one HEAD follows each completion, and the tag is that of what it finds.</summary>
    public bool CompleteReturnsTag { get; init; } = true;

    /// <summary>Whether the reply to CopyObject carries the version id where versions are kept. If not, one HEAD follows each copy, and the id counts if it is of the same tag.</summary>
    public bool CopyReturnsVersion { get; init; } = true;

    /// <summary>Whether tags are taken with PutObject only. If so, a copy with new tags and a multipart upload with tags are followed by a request that sets them.</summary>
    public bool LateTags { get; init; }

    /// <summary>Whether a copy with new metadata keeps the tags of its source. If not, the driver reads them first and sends them along.</summary>
    public bool CopyKeepsTags { get; init; } = true;

    /// <summary>Whether a conditional delete of a missing object fails as it should. If not, a HEAD goes before each conditional delete; content under another tag is never deleted,
    /// but two deletes of the same content at the same time may both succeed.</summary>
    public bool DeleteIfMatchFailsOnMissing { get; init; } = true;

    /// <summary>The storage class of <see cref="StorageTier.Infrequent"/>; null if there is none.</summary>
    public string? InfrequentClass { get; init; }

    /// <summary>The storage class of <see cref="StorageTier.Cold"/>; null if there is none.</summary>
    public string? ColdClass { get; init; }

    /// <summary>The storage class of <see cref="StorageTier.Archive"/>; null if there is none.</summary>
    public string? ArchiveClass { get; init; }

    /// <summary>The longest key, in UTF-8 bytes.</summary>
    public int MaxKeyBytes { get; init; } = 1024;

    /// <summary>How much metadata an object carries, in bytes of keys and encoded values.</summary>
    public int MaxMetadataBytes { get; init; } = 2048;

    /// <summary>How many tags an object carries.</summary>
    public int MaxTags { get; init; } = 10;

    /// <summary>The largest object, in bytes.</summary>
    public long MaxObjectBytes { get; init; } = 5L << 40;

    /// <summary>The largest body of a single-request put, in bytes.</summary>
    public long MaxPutBytes { get; init; } = 5L << 30;

    /// <summary>The smallest part but the last, in bytes.</summary>
    public long MinPartBytes { get; init; } = 5L << 20;

    /// <summary>The largest part, in bytes.</summary>
    public long MaxPartBytes { get; init; } = 5L << 30;

    /// <summary>How many parts an upload has at most.</summary>
    public int MaxParts { get; init; } = 10_000;

    /// <summary>Whether all parts but the last must have the same size.</summary>
    public bool UniformParts { get; init; }

    /// <summary>The largest object that one copy request takes, in bytes.</summary>
    public long MaxCopyBytes { get; init; } = 5L << 30;

    /// <summary>How many keys one delete request takes.</summary>
    public int MaxBatchDelete { get; init; } = 1000;

    /// <summary>The longest page of a list.</summary>
    public int MaxPageSize { get; init; } = 1000;

    /// <summary>The longest life of a signed request.</summary>
    public TimeSpan MaxSignedLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether a region must be configured because nothing gives one.</summary>
    internal bool NeedsRegion => DefaultRegion is null;

    /// <summary>The capabilities that follow from the profile.</summary>
    internal BucketCapabilities ToCapabilities()
    {
        var features = Features;
        features = Checksums == S3ChecksumMode.None ? features & ~BucketFeatures.UploadChecksum : features | BucketFeatures.UploadChecksum;
        features = Checksums is S3ChecksumMode.Crc32C or S3ChecksumMode.Crc64Nvme ? features | BucketFeatures.StoredChecksum : features & ~BucketFeatures.StoredChecksum;
        features = (InfrequentClass ?? ColdClass ?? ArchiveClass) is null ? features & ~BucketFeatures.Tiers : features | BucketFeatures.Tiers;
        return new BucketCapabilities
        {
            Features = features,
            MaxKeyBytes = MaxKeyBytes,
            MaxMetadataBytes = MaxMetadataBytes,
            MaxTags = MaxTags,
            MaxObjectBytes = MaxObjectBytes,
            MaxPutBytes = MaxPutBytes,
            MinPartBytes = MinPartBytes,
            MaxPartBytes = MaxPartBytes,
            MaxParts = MaxParts,
            UniformParts = UniformParts,
            MaxCopyBytes = MaxCopyBytes,
            MaxBatchDelete = MaxBatchDelete,
            MaxPageSize = MaxPageSize,
            MaxSignedLifetime = MaxSignedLifetime,
            UploadChecksumAlgorithm = Checksums switch
            {
                S3ChecksumMode.ContentMd5 => ChecksumAlgorithm.Md5,
                S3ChecksumMode.Crc64Nvme => ChecksumAlgorithm.Crc64Nvme,
                _ => ChecksumAlgorithm.Crc32C,
            },
        };
    }
}
