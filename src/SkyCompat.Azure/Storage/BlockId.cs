using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SkyCompat.Azure;

/// <summary>The ids of blocks: 16 bytes, 12 of them the upload's random id and 4 the number of the part. All ids of a blob's uncommitted blocks must have one length, so this one never changes.</summary>
internal static class BlockId
{
    /// <summary>The number of the block that stands for the upload itself.</summary>
    public const int Marker = 0;

    private const int UploadBytes = 12;
    private const int Bytes = 16;

    /// <summary>A new upload's id.</summary>
    public static string NewUpload() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(UploadBytes));

    /// <summary>The id of a block.</summary>
    /// <param name="uploadId">The upload's id.</param>
    /// <param name="number">The number of the part.</param>
    /// <param name="blockId">The id in base64.</param>
    /// <returns>False if the upload's id is none that was made here.</returns>
    public static bool TryCreate(string uploadId, int number, [NotNullWhen(true)] out string? blockId)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        blockId = null;
        if (uploadId.Length != UploadBytes * 2 || Convert.FromHexString(uploadId, bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written != UploadBytes)
        {
            return false;
        }

        BinaryPrimitives.WriteInt32BigEndian(bytes[UploadBytes..], number);
        blockId = Convert.ToBase64String(bytes);
        return true;
    }

    /// <summary>Takes an id apart.</summary>
    /// <param name="blockId">The id in base64.</param>
    /// <param name="uploadId">The upload's id.</param>
    /// <param name="number">The number of the part.</param>
    /// <returns>False if it is none that was made here.</returns>
    public static bool TryParse(string blockId, [NotNullWhen(true)] out string? uploadId, out int number)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        uploadId = null;
        number = 0;
        if (!Convert.TryFromBase64String(blockId, bytes, out var length) || length != Bytes)
        {
            return false;
        }

        uploadId = Convert.ToHexStringLower(bytes[..UploadBytes]);
        number = BinaryPrimitives.ReadInt32BigEndian(bytes[UploadBytes..]);
        return number >= Marker;
    }
}
