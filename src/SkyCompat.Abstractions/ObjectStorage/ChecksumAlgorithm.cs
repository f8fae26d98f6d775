namespace SkyCompat.ObjectStorage;

/// <summary>A way to compute a checksum.</summary>
public enum ChecksumAlgorithm
{
    /// <summary>CRC-32C (Castagnoli), 4 bytes: the portable one, computed by the engine for every write.</summary>
    Crc32C = 0,

    /// <summary>CRC-64/NVME, 8 bytes: what Amazon S3 keeps by default.</summary>
    Crc64Nvme,

    /// <summary>CRC-64/XZ (ECMA-182), 8 bytes: what Alibaba OSS keeps.</summary>
    Crc64Ecma,

    /// <summary>MD5, 16 bytes: what older stores check a single request with.</summary>
    Md5,

    /// <summary>SHA-256, 32 bytes.</summary>
    Sha256,
}
