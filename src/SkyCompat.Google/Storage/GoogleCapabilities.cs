using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>What Cloud Storage does, with the limits of its documents ("Quotas and limits").</summary>
internal static class GoogleCapabilities
{
    private const BucketFeatures Signing = BucketFeatures.SignGet | BucketFeatures.SignPut | BucketFeatures.SignDelete;

    // Not among them: Tags (its object contexts are not S3's tags), PartCopy (a rewrite takes any size), DeleteMarkers (a deleted object just has no live generation), and
    // SignedResponseHeaders (only the type and the disposition of a reply can be overridden).
    private const BucketFeatures Features =
        BucketFeatures.ConditionalPut | BucketFeatures.DeleteIfMatch | BucketFeatures.ConditionalCopy | BucketFeatures.CopySourceIfMatch | BucketFeatures.ServerSideCopy |
        BucketFeatures.Multipart | BucketFeatures.Versions | BucketFeatures.Tiers | BucketFeatures.BatchDelete | BucketFeatures.SuffixRange | Signing | BucketFeatures.UploadChecksum |
        BucketFeatures.StoredChecksum | BucketFeatures.InstantArchive | BucketFeatures.BucketAdministration | BucketFeatures.TrailingSlashKey | BucketFeatures.OrderedList;

    private const long MaxObject = 5L << 40;

    public static BucketCapabilities Create(bool canSign) => new()
    {
        Features = canSign ? Features : Features & ~Signing,
        MaxKeyBytes = 1024,
        MaxMetadataBytes = 8 << 10,
        MaxObjectBytes = MaxObject,
        MaxPutBytes = MaxObject,
        MinPartBytes = 5L << 20,
        MaxPartBytes = 5L << 30,
        MaxParts = 10_000,
        MaxCopyBytes = MaxObject,
        MaxBatchDelete = 100,
        MaxPageSize = 1000,
        MaxSignedLifetime = TimeSpan.FromDays(7),
        UploadChecksumAlgorithm = ChecksumAlgorithm.Crc32C,
    };
}
