namespace SkyCompat.S3;

/// <summary>How a store checks the body of an upload as it receives it.</summary>
public enum S3ChecksumMode
{
    /// <summary>It does not, or refuses requests that carry a checksum.</summary>
    None = 0,

    /// <summary>By the <c>Content-MD5</c> header; nothing is kept.</summary>
    ContentMd5,

    /// <summary>By the <c>x-amz-checksum-crc32c</c> header; multipart uploads have a checksum of the full object.</summary>
    Crc32C,

    /// <summary>By the <c>x-amz-checksum-crc64nvme</c> header; multipart uploads have a checksum of the full object.</summary>
    Crc64Nvme,
}
