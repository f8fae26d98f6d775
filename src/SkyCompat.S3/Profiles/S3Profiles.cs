using SkyCompat.ObjectStorage;
using static SkyCompat.ObjectStorage.BucketFeatures;

namespace SkyCompat.S3;

/// <summary>The presets. What a vendor's documents do not promise is left out, since a capability is a promise; <see cref="S3Options.Overrides"/> adds what one's own store can do.</summary>
/// <remarks>List versions, list encodings, addressing and part limits agree with those that rclone keeps for the same vendors.</remarks>
public static class S3Profiles
{
    // Declared first: the presets below are made from it.

    /// <summary>What every S3-compatible store can do.</summary>
    public static BucketFeatures CommonFeatures { get; } =
        ServerSideCopy | PartCopy | CopySourceIfMatch | Multipart | BatchDelete | SuffixRange | SignGet | SignPut | SignDelete | SignedResponseHeaders |
        BucketAdministration | TrailingSlashKey | OrderedList;

    /// <summary>Amazon S3, general purpose buckets.</summary>
    public static S3Profile Aws { get; } = new()
    {
        Name = "Aws",
        EndpointTemplate = "https://s3.{region}.amazonaws.com",
        Addressing = S3AddressingStyle.VirtualHost,
        // CRC-32C may be a checksum of the full object since December 2024, so one algorithm serves single requests, parts and the whole.
        Checksums = S3ChecksumMode.Crc32C,
        LocationConstraint = S3LocationConstraint.ExceptUsEast1,
        // Conditions: PutObject and CompleteMultipartUpload since 2024, DeleteObject since September 2025, CopyObject since October 2025, as in the published API description.
        Features = CommonFeatures | ConditionalPut | DeleteIfMatch | ConditionalCopy | Tags | Versions | DeleteMarkers,
        InfrequentClass = "STANDARD_IA",
        ColdClass = "GLACIER_IR",
        ArchiveClass = "GLACIER",
        // 10,000 parts of 5 GiB since December 2025; 5 TiB before.
        MaxObjectBytes = 10_000L * (5L << 30),
    };

    /// <summary>Alibaba Cloud OSS through its S3-compatible interface.</summary>
    public static S3Profile AlibabaOss { get; } = new()
    {
        Name = "AlibabaOss",
        EndpointTemplate = "https://s3.oss-{region}.aliyuncs.com",
        // Path style is refused with SecondLevelDomainForbidden.
        Addressing = S3AddressingStyle.VirtualHost,
        Checksums = S3ChecksumMode.ContentMd5,
        CreateIfAbsent = S3CreateIfAbsent.OssForbidOverwrite,
        LocationConstraint = S3LocationConstraint.None,
        // No If-Match on writes; the forbid-overwrite header stands for If-None-Match on put, both ends of an upload, and copy.
        Features = CommonFeatures | PutIfAbsent | MultipartIfAbsent | CopyIfAbsent | Tags | Versions | DeleteMarkers,
        InfrequentClass = "STANDARD_IA",
        ArchiveClass = "GLACIER",
        MaxKeyBytes = 1023,
        MaxMetadataBytes = 8192,
        MinPartBytes = 100 << 10,
        // CopyObject takes 1 GB; larger objects are copied in parts.
        MaxCopyBytes = 1_000_000_000,
        MaxObjectBytes = 10_000L * (5L << 30),
    };

    /// <summary>Google Cloud Storage through its XML interface with HMAC keys. <c>SkyCompat.Google</c> can do more.</summary>
    public static S3Profile GoogleXml { get; } = new()
    {
        Name = "GoogleXml",
        EndpointTemplate = "https://storage.googleapis.com",
        DefaultRegion = "auto",
        Checksums = S3ChecksumMode.ContentMd5,
        // No UploadPartCopy (Google's issue 323465186), but copies of any size; no DeleteObjects; conditions only on generations, by headers that HMAC requests may not mix in.
        Features = CommonFeatures & ~(PartCopy | BatchDelete | CopySourceIfMatch),
        MaxCopyBytes = 5L << 40,
        MaxPutBytes = 5L << 40,
    };

    /// <summary>Cloudflare R2.</summary>
    public static S3Profile CloudflareR2 { get; } = new()
    {
        Name = "CloudflareR2",
        DefaultRegion = "auto",
        Checksums = S3ChecksumMode.ContentMd5,
        // Conditions are documented for PutObject only. No tags, no versions.
        Features = CommonFeatures | PutIfAbsent | PutIfMatch,
        InfrequentClass = "STANDARD_IA",
        // "All non-trailing parts must have the same length."
        UniformParts = true,
        MaxPutBytes = 4_995L << 20,
        MaxObjectBytes = 4_995L << 30,
        MaxMetadataBytes = 8192,
    };

    /// <summary>Backblaze B2 through its S3-compatible interface.</summary>
    public static S3Profile BackblazeB2 { get; } = new()
    {
        Name = "BackblazeB2",
        EndpointTemplate = "https://s3.{region}.backblazeb2.com",
        Checksums = S3ChecksumMode.ContentMd5,
        // No tags and no conditions; versions are always kept and cannot be switched.
        Features = CommonFeatures & ~CopySourceIfMatch,
        // B2 counts in powers of ten.
        MaxPutBytes = 5_000_000_000,
        MaxPartBytes = 5_000_000_000,
        MaxCopyBytes = 5_000_000_000,
        MaxObjectBytes = 10_000_000_000_000,
    };

    /// <summary>MinIO and AIStor.</summary>
    public static S3Profile MinIO { get; } = new()
    {
        Name = "MinIO",
        DefaultRegion = "us-east-1",
        Checksums = S3ChecksumMode.ContentMd5,
        LocationConstraint = S3LocationConstraint.ExceptUsEast1,
        // PutObject and CompleteMultipartUpload check both conditions; CopyObject and DeleteObject do not.
        Features = CommonFeatures | ConditionalPut | Tags | Versions | DeleteMarkers,
    };

    /// <summary>Ceph RADOS Gateway 16 to 19: no conditional writes, no stored checksums.</summary>
    public static S3Profile Ceph { get; } = new()
    {
        Name = "Ceph",
        // Signatures of any region are accepted, and a location constraint other than the zone group's is refused.
        DefaultRegion = "us-east-1",
        Checksums = S3ChecksumMode.ContentMd5,
        // Ceph 16 ignores x-amz-copy-source-if-match.
        Features = (CommonFeatures & ~CopySourceIfMatch) | Tags | Versions | DeleteMarkers,
        // Ceph 16 answers a completion with an empty tag and a copy without its version, takes tags with neither, and drops those of the source with its metadata.
        CompleteReturnsTag = false,
        CopyReturnsVersion = false,
        CopyKeepsTags = false,
        LateTags = true,
    };

    /// <summary>Ceph RADOS Gateway 20 (Tentacle) and later: conditional writes and stored checksums.</summary>
    public static S3Profile CephTentacle { get; } = new()
    {
        Name = "CephTentacle",
        DefaultRegion = "us-east-1",
        // At the end of a multipart upload CRC-32C of the full object is compared, CRC-64/NVME is not.
        Checksums = S3ChecksumMode.Crc32C,
        // CopyObject ignores If-None-Match, and DeleteObject says 204 of a missing object whatever the condition.
        Features = CommonFeatures | ConditionalPut | DeleteIfMatch | Tags | Versions | DeleteMarkers,
        DeleteIfMatchFailsOnMissing = false,
        CopyReturnsVersion = false,
        CopyKeepsTags = false,
    };

    /// <summary>Wasabi.</summary>
    public static S3Profile Wasabi { get; } = new()
    {
        Name = "Wasabi",
        EndpointTemplate = "https://s3.{region}.wasabisys.com",
        Checksums = S3ChecksumMode.ContentMd5,
        LocationConstraint = S3LocationConstraint.ExceptUsEast1,
        Features = CommonFeatures | Tags | Versions | DeleteMarkers,
    };

    /// <summary>DigitalOcean Spaces.</summary>
    public static S3Profile DigitalOceanSpaces { get; } = new()
    {
        Name = "DigitalOceanSpaces",
        EndpointTemplate = "https://{region}.digitaloceanspaces.com",
        Addressing = S3AddressingStyle.VirtualHost,
        UrlEncodedLists = false,
        Checksums = S3ChecksumMode.ContentMd5,
        Features = (CommonFeatures & ~CopySourceIfMatch) | Versions | DeleteMarkers,
        // An older Ceph beneath.
        CompleteReturnsTag = false,
    };

    /// <summary>Scaleway Object Storage.</summary>
    public static S3Profile Scaleway { get; } = new()
    {
        Name = "Scaleway",
        EndpointTemplate = "https://s3.{region}.scw.cloud",
        Addressing = S3AddressingStyle.VirtualHost,
        Checksums = S3ChecksumMode.ContentMd5,
        LocationConstraint = S3LocationConstraint.Always,
        // Both conditions are documented since 2026 for PutObject.
        Features = CommonFeatures | PutIfAbsent | PutIfMatch | Tags | Versions | DeleteMarkers,
        InfrequentClass = "ONEZONE_IA",
        ArchiveClass = "GLACIER",
        MaxParts = 1000,
    };

    /// <summary>Tencent Cloud COS; a bucket's name ends in the account's APPID.</summary>
    public static S3Profile TencentCos { get; } = new()
    {
        Name = "TencentCos",
        EndpointTemplate = "https://cos.{region}.myqcloud.com",
        Addressing = S3AddressingStyle.VirtualHost,
        ListVersion = S3ListVersion.V1,
        Checksums = S3ChecksumMode.ContentMd5,
        CreateIfAbsent = S3CreateIfAbsent.CosForbidOverwrite,
        Features = CommonFeatures | PutIfAbsent | MultipartIfAbsent | Tags | Versions | DeleteMarkers,
        InfrequentClass = "STANDARD_IA",
        ArchiveClass = "ARCHIVE",
        MinPartBytes = 1 << 20,
        MaxKeyBytes = 850,
    };

    /// <summary>Huawei Cloud OBS.</summary>
    public static S3Profile HuaweiObs { get; } = new()
    {
        Name = "HuaweiObs",
        EndpointTemplate = "https://obs.{region}.myhuaweicloud.com",
        Addressing = S3AddressingStyle.VirtualHost,
        // Parallel file systems lack version 2, and with URL encoding a marker returns the same page for ever.
        ListVersion = S3ListVersion.V1,
        UrlEncodedLists = false,
        Checksums = S3ChecksumMode.ContentMd5,
        LocationConstraint = S3LocationConstraint.Always,
        Features = CommonFeatures | Versions | DeleteMarkers,
        InfrequentClass = "STANDARD_IA",
        ArchiveClass = "GLACIER",
        MinPartBytes = 100 << 10,
    };

    /// <summary>Oracle Cloud Infrastructure Object Storage through its S3-compatible interface; the endpoint has the tenancy's namespace.</summary>
    public static S3Profile Oracle { get; } = new()
    {
        Name = "Oracle",
        Checksums = S3ChecksumMode.ContentMd5,
        // Tags and versions are in its own interface only.
        Features = CommonFeatures,
        MaxObjectBytes = 10L << 40,
    };

    /// <summary>IBM Cloud Object Storage.</summary>
    public static S3Profile IbmCos { get; } = new()
    {
        Name = "IbmCos",
        EndpointTemplate = "https://s3.{region}.cloud-object-storage.appdomain.cloud",
        Checksums = S3ChecksumMode.ContentMd5,
        Features = CommonFeatures | Tags | Versions | DeleteMarkers,
        MaxObjectBytes = 10L << 40,
    };

    /// <summary>Any other store: what all have in common, path style, no checksums sent. Refine it with <see cref="S3Options.Overrides"/>.</summary>
    public static S3Profile Custom { get; } = new() { Name = "Custom", DefaultRegion = "us-east-1" };

    /// <summary>All presets.</summary>
    public static IReadOnlyList<S3Profile> All { get; } =
    [
        Aws, AlibabaOss, GoogleXml, CloudflareR2, BackblazeB2, MinIO, Ceph, CephTentacle, Wasabi, DigitalOceanSpaces, Scaleway, TencentCos, HuaweiObs, Oracle, IbmCos, Custom,
    ];
}
