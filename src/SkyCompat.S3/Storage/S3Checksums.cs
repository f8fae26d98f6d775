using System.Net.Http.Headers;
using System.Xml;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>Checksums in headers and documents.</summary>
internal static class S3Checksums
{
    public const string Crc32CHeader = "x-amz-checksum-crc32c";
    public const string Crc64NvmeHeader = "x-amz-checksum-crc64nvme";
    private const string FullObject = "FULL_OBJECT";

    /// <summary>Adds the checksum of a body to its request.</summary>
    public static void Add(S3Request request, Checksum? checksum)
    {
        switch (checksum?.Algorithm)
        {
            case ChecksumAlgorithm.Md5:
                request.AddHeader("content-md5", checksum.ToBase64());
                break;
            case ChecksumAlgorithm.Crc32C:
                request.AddHeader(Crc32CHeader, checksum.ToBase64());
                // Ceph 20 checks the value only if the algorithm is named too; Amazon's own clients always name it.
                request.AddHeader("x-amz-sdk-checksum-algorithm", "CRC32C");
                break;
            case ChecksumAlgorithm.Crc64Nvme:
                request.AddHeader(Crc64NvmeHeader, checksum.ToBase64());
                request.AddHeader("x-amz-sdk-checksum-algorithm", "CRC64NVME");
                break;
        }
    }

    /// <summary>Announces at the start of a multipart upload that its checksum will be one of the full object.</summary>
    public static void Announce(S3Request request, S3ChecksumMode mode)
    {
        if (mode is S3ChecksumMode.Crc32C or S3ChecksumMode.Crc64Nvme)
        {
            request.AddHeader("x-amz-checksum-algorithm", mode == S3ChecksumMode.Crc32C ? "CRC32C" : "CRC64NVME");
            request.AddHeader("x-amz-checksum-type", FullObject);
        }
    }

    /// <summary>Adds the checksum of the full object to the completion of a multipart upload.</summary>
    public static void AddFull(S3Request request, Checksum? checksum)
    {
        if (checksum?.Algorithm is ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme)
        {
            request.AddHeader(checksum.Algorithm == ChecksumAlgorithm.Crc32C ? Crc32CHeader : Crc64NvmeHeader, checksum.ToBase64());
            request.AddHeader("x-amz-checksum-type", FullObject);
        }
    }

    /// <summary>The checksum of the whole object in a reply; null if there is none, or one made of those of parts.</summary>
    /// <param name="headers">The headers of the reply.</param>
    /// <param name="wasMultipart">Whether the object came in parts: its checksum then counts only if the store says that it is of the whole.</param>
    /// <returns>The checksum.</returns>
    public static Checksum? Read(HttpHeaders headers, bool wasMultipart) =>
        (S3Headers.Get(headers, "x-amz-checksum-type") ?? (wasMultipart ? "" : FullObject)) != FullObject ? null
            : S3Headers.Get(headers, Crc64NvmeHeader) is { } crc64 ? Checksum.TryParseBase64(ChecksumAlgorithm.Crc64Nvme, crc64)
            : S3Headers.Get(headers, Crc32CHeader) is { } crc32C ? Checksum.TryParseBase64(ChecksumAlgorithm.Crc32C, crc32C)
            : S3Headers.Get(headers, "x-amz-checksum-sha256") is { } sha256 ? Checksum.TryParseBase64(ChecksumAlgorithm.Sha256, sha256)
            : null;

    /// <summary>The element of a part in a document, for a checksum; null for algorithms that have none.</summary>
    public static string? ElementOf(ChecksumAlgorithm? algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32C => "ChecksumCRC32C",
        ChecksumAlgorithm.Crc64Nvme => "ChecksumCRC64NVME",
        _ => null,
    };

    /// <summary>Reads such an element; null for those that are not.</summary>
    public static Checksum? ReadElement(XmlReader reader) => reader.LocalName switch
    {
        "ChecksumCRC32C" => Checksum.TryParseBase64(ChecksumAlgorithm.Crc32C, reader.ReadString()),
        "ChecksumCRC64NVME" => Checksum.TryParseBase64(ChecksumAlgorithm.Crc64Nvme, reader.ReadString()),
        _ => null,
    };
}
