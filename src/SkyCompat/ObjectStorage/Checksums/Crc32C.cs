using System.Numerics;
using System.Runtime.InteropServices;

namespace SkyCompat.ObjectStorage;

/// <summary>CRC-32C (Castagnoli, reflected polynomial 0x82F63B78, RFC 3720 appendix B.4). System.IO.Hashing has none; the processor has an instruction for it.</summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78;

    /// <summary>The checksum of the bytes before and these.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>The checksum of two runs from the checksums of each.</summary>
    public static uint Combine(uint first, uint second, long secondLength) => Multiply(PowerOfX(secondLength), first) ^ second;

    /// <summary>x to the power of 8·bytes modulo the polynomial, by repeated squaring.</summary>
    private static uint PowerOfX(long bytes)
    {
        var result = 1u << 31;
        var factor = 1u << (31 - 8);
        for (; bytes > 0; bytes >>= 1)
        {
            if ((bytes & 1) != 0)
            {
                result = Multiply(result, factor);
            }

            factor = Multiply(factor, factor);
        }

        return result;
    }

    /// <summary>The product of two polynomials over GF(2), reflected, modulo the polynomial.</summary>
    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (var mask = 1u << 31; mask != 0; mask >>= 1)
        {
            if ((a & mask) != 0)
            {
                product ^= b;
            }

            b = (b >> 1) ^ ((b & 1) != 0 ? Polynomial : 0);
        }

        return product;
    }
}
