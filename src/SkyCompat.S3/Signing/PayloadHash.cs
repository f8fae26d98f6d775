using System.Buffers;
using System.Security.Cryptography;

namespace SkyCompat.S3;

/// <summary>The SHA-256 of a body, as a signature carries it.</summary>
internal static class PayloadHash
{
    public static string Of(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return SigV4Signer.EmptyPayload;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (bytes.IsSingleSegment)
        {
            SHA256.HashData(bytes.FirstSpan, hash);
        }
        else
        {
            using var incremental = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var segment in bytes)
            {
                incremental.AppendData(segment.Span);
            }

            incremental.GetHashAndReset(hash);
        }

        return Convert.ToHexStringLower(hash);
    }
}
