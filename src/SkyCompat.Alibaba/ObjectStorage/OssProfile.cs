using SkyCompat.ObjectStorage;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>What OSS can do by its own interface, and within which limits.</summary>
internal static class OssProfile
{
    /// <summary>The limits are those of the S3-compatible interface, which leads to the same store; checksums and classes are the native ones.</summary>
    public static S3Profile Native { get; } = S3Profiles.AlibabaOss with
    {
        Name = "OSS",
        Checksums = S3ChecksumMode.None,
        InfrequentClass = "IA",
        ArchiveClass = "Archive",
    };

    /// <summary>The capabilities of a bucket that never kept versions.</summary>
    public static BucketCapabilities Capabilities { get; } = WithChecksums(Native.ToCapabilities());

    /// <summary>OSS tells the CRC-64 of what it received, and keeps that of each object.</summary>
    private static BucketCapabilities WithChecksums(BucketCapabilities common) => common with
    {
        Features = common.Features | BucketFeatures.UploadChecksum | BucketFeatures.StoredChecksum,
        UploadChecksumAlgorithm = ChecksumAlgorithm.Crc64Ecma,
    };
}
