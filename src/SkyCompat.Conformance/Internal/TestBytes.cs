using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance.Internal;

/// <summary>Bytes of objects and their checksums.</summary>
internal static class TestBytes
{
    private const ulong NvmePolynomial = 0x9A6C9329AC4BC9B5;
    private const ulong EcmaPolynomial = 0xC96C5795D7870F42;

    /// <summary>Bytes that look random, so that no two positions can be mistaken for each other, and are the same in every run.</summary>
    public static byte[] Create(int length, int seed)
    {
        var bytes = new byte[length];
        var words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
        var state = 0x9E3779B97F4A7C15UL * (ulong)(seed + 1);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Next(ref state);
        }

        for (var i = words.Length * sizeof(ulong); i < length; i++)
        {
            bytes[i] = (byte)Next(ref state);
        }

        return bytes;
    }

    public static Checksum Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        Span<byte> result = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(result, ~crc);
        return new Checksum(ChecksumAlgorithm.Crc32C, result);
    }

    public static Checksum Compute(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> bytes) => algorithm switch
    {
        ChecksumAlgorithm.Crc32C => Crc32C(bytes),
        ChecksumAlgorithm.Crc64Nvme => Crc64(algorithm, NvmePolynomial, bytes),
        ChecksumAlgorithm.Crc64Ecma => Crc64(algorithm, EcmaPolynomial, bytes),
        ChecksumAlgorithm.Md5 => new Checksum(algorithm, CryptographicOperations.HashData(HashAlgorithmName.MD5, bytes)),
        ChecksumAlgorithm.Sha256 => new Checksum(algorithm, SHA256.HashData(bytes)),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Unknown checksum algorithm."),
    };

    private static Checksum Crc64(ChecksumAlgorithm algorithm, ulong polynomial, ReadOnlySpan<byte> bytes)
    {
        Span<ulong> table = stackalloc ulong[256];
        for (var i = 0; i < table.Length; i++)
        {
            var entry = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ polynomial;
            }

            table[i] = entry;
        }

        var crc = ulong.MaxValue;
        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ table[(byte)(crc ^ value)];
        }

        Span<byte> result = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(result, ~crc);
        return new Checksum(algorithm, result);
    }

    private static ulong Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return state * 0x2545F4914F6CDD1DUL;
    }
}
