using System.Net.Http.Headers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Checksums on the wire. The service's CRC-64 is CRC-64/NVME with its bytes least significant first. It checks one that comes with a body and keeps none, so that of the whole object is kept in metadata.</summary>
internal static class BlobChecksums
{
    /// <summary>The metadata that holds the checksum of the whole object.</summary>
    public const string MetadataName = "skycompat_crc64nvme";

    /// <summary>How much of the limit on metadata it takes, with its name.</summary>
    public const int MetadataBytes = 32;

    private const string Header = "x-ms-content-crc64";
    private const int Crc64Bytes = 8;

    /// <summary>Adds the checksum of a body to its request.</summary>
    /// <param name="request">The request, with its body.</param>
    /// <param name="checksum">The body's checksum; null for none.</param>
    /// <param name="sent">Which of the two the service is to check; it takes one only.</param>
    public static void Add(AzureRequest request, Checksum? checksum, AzureUploadChecksum sent)
    {
        if (checksum is not null && sent == AzureUploadChecksum.Md5)
        {
            request.AddHeader("content-md5", ChecksumHasher.Compute(ChecksumAlgorithm.Md5, request.Body!.Bytes).ToBase64());
        }
        else if (checksum?.Algorithm == ChecksumAlgorithm.Crc64Nvme)
        {
            Span<byte> bytes = stackalloc byte[Crc64Bytes];
            checksum.Value.CopyTo(bytes);
            bytes.Reverse();
            request.AddHeader(Header, Convert.ToBase64String(bytes));
        }
    }

    /// <summary>The checksum of a body that the service computed; null if it told none.</summary>
    public static Checksum? Read(HttpHeaders headers)
    {
        Span<byte> bytes = stackalloc byte[Crc64Bytes];
        if (AzureHeaders.Get(headers, Header) is not { } text || !Convert.TryFromBase64String(text, bytes, out var length) || length != Crc64Bytes)
        {
            return null;
        }

        bytes.Reverse();
        return new Checksum(ChecksumAlgorithm.Crc64Nvme, bytes);
    }

    /// <summary>The checksum that metadata holds.</summary>
    public static Checksum? ReadMetadata(string value) => Checksum.TryParseBase64(ChecksumAlgorithm.Crc64Nvme, value);
}
