namespace SkyCompat.Azure;

/// <summary>The checksum that is sent with a body for the service to check.</summary>
public enum AzureUploadChecksum
{
    /// <summary>A CRC-64, which is computed at many gigabytes a second.</summary>
    Crc64 = 0,

    /// <summary>An MD5: slower here, but much faster on Azurite, which computes a CRC-64 in JavaScript at some 70 MB/s and an MD5 natively.</summary>
    Md5,
}
