using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>CRC-32C (Castagnoli), the checksum that every Cloud Storage object has.</summary>
internal static class Crc32C
{
    private const uint ReflectedPolynomial = 0x82F63B78;

    /// <summary>The checksum of what was summed in <paramref name="crc"/> followed by <paramref name="data"/>; 0 for nothing yet.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        var state = ~crc;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(data))
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (var value in data[(data.Length & ~7)..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }

    /// <summary>The checksum of A followed by B, from theirs and the length of B: A's register is moved on by that many zero bytes.</summary>
    public static uint Combine(uint first, uint second, long secondLength)
    {
        // The operator for one zero bit, as the 32 images of the unit vectors; squaring it doubles the number of bits.
        Span<uint> step = stackalloc uint[32];
        step[0] = ReflectedPolynomial;
        for (var i = 1; i < 32; i++)
        {
            step[i] = 1u << (i - 1);
        }

        Span<uint> squared = stackalloc uint[32];
        for (var bits = (UInt128)secondLength * 8; bits != 0; bits >>= 1)
        {
            if ((bits & 1) == 1)
            {
                first = Apply(step, first);
            }

            for (var i = 0; i < 32; i++)
            {
                squared[i] = Apply(step, step[i]);
            }

            squared.CopyTo(step);
        }

        return first ^ second;
    }

    /// <summary>As the service writes it: base64 of the big-endian bytes.</summary>
    public static string ToBase64(uint crc)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, crc);
        return Convert.ToBase64String(bytes);
    }

    private static uint Apply(ReadOnlySpan<uint> matrix, uint vector)
    {
        uint result = 0;
        for (; vector != 0; vector &= vector - 1)
        {
            result ^= matrix[BitOperations.TrailingZeroCount(vector)];
        }

        return result;
    }
}
