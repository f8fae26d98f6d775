using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>What the stores of this assembly can do. They stand in for cloud stores, so limits that a portable application must keep are kept here too.</summary>
internal static class LocalCapabilities
{
    private const BucketFeatures Unsigned =
        BucketFeatures.ConditionalPut | BucketFeatures.ConditionalCopy | BucketFeatures.CopySourceIfMatch | BucketFeatures.DeleteIfMatch
        | BucketFeatures.ServerSideCopy | BucketFeatures.PartCopy | BucketFeatures.Multipart
        | BucketFeatures.Tags | BucketFeatures.Versions | BucketFeatures.DeleteMarkers | BucketFeatures.Tiers
        | BucketFeatures.BatchDelete | BucketFeatures.SuffixRange
        | BucketFeatures.UploadChecksum | BucketFeatures.StoredChecksum
        | BucketFeatures.BucketAdministration | BucketFeatures.TrailingSlashKey | BucketFeatures.OrderedList;

    private const BucketFeatures Signing =
        BucketFeatures.SignGet | BucketFeatures.SignPut | BucketFeatures.SignDelete | BucketFeatures.SignedResponseHeaders;

    /// <summary>The page size where none is asked for, and the longest.</summary>
    public const int MaxPageSize = 1000;

    public static BucketCapabilities WithSigning { get; } = new()
    {
        Features = Unsigned | Signing,
        MinPartBytes = 64 * 1024,
        MaxObjectBytes = (5L << 30) * 10_000,
        MaxCopyBytes = (5L << 30) * 10_000,
        MaxPageSize = MaxPageSize,
        UploadChecksumAlgorithm = ChecksumAlgorithm.Crc32C,
    };

    public static BucketCapabilities WithoutSigning { get; } = WithSigning with { Features = Unsigned };

    public static int PageSize(int asked) => asked <= 0 ? MaxPageSize : Math.Min(asked, MaxPageSize);
}
