using System.Numerics;
using System.Runtime.InteropServices;

namespace SkyCompat.ObjectStorage;

/// <summary>
/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78, RFC 3720 appendix B.4). System.IO.Hashing has none; the processor has an instruction for it.
/// <see cref="ChecksumHasher"/> is the form for all algorithms; this one is for stores that keep the number itself.
/// </summary>
public static class Crc32C
{
    private const uint Polynomial = 0x82F63B78;

    // The instruction answers after three cycles but can be started in each, so three lanes are read side by side.
    private const int LaneBytes = 4096;
    private static readonly uint[] LaneShift = ShiftTable(LaneBytes);

    /// <summary>The checksum of bytes that follow others.</summary>
    /// <param name="crc">The checksum of the bytes before; 0 if there are none.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The checksum of all of them.</returns>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        while (bytes.Length >= 3 * LaneBytes)
        {
            crc = AppendLanes(crc, bytes[..(3 * LaneBytes)]);
            bytes = bytes[(3 * LaneBytes)..];
        }

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

    /// <summary>The checksum of two runs of bytes, one after the other, from the checksums of each; no byte is read.</summary>
    /// <param name="first">The checksum of the first run.</param>
    /// <param name="second">The checksum of the second run.</param>
    /// <param name="secondLength">How many bytes the second run has.</param>
    /// <returns>The checksum of both.</returns>
    public static uint Combine(uint first, uint second, long secondLength) => Multiply(PowerOfX(secondLength), first) ^ second;

    private static uint AppendLanes(uint crc, ReadOnlySpan<byte> bytes)
    {
        var a = MemoryMarshal.Cast<byte, ulong>(bytes[..LaneBytes]);
        var b = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(LaneBytes, LaneBytes));
        var c = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(2 * LaneBytes, LaneBytes));
        uint second = 0;
        uint third = 0;
        for (var i = 0; i < a.Length && i < b.Length && i < c.Length; i++)
        {
            crc = BitOperations.Crc32C(crc, a[i]);
            second = BitOperations.Crc32C(second, b[i]);
            third = BitOperations.Crc32C(third, c[i]);
        }

        return ShiftLane(ShiftLane(crc) ^ second) ^ third;
    }

    // The state after a lane of zeros: one table look-up per byte of the state, as the shift is linear.
    private static uint ShiftLane(uint state) =>
        LaneShift[state & 0xFF] ^ LaneShift[256 + ((state >> 8) & 0xFF)] ^ LaneShift[512 + ((state >> 16) & 0xFF)] ^ LaneShift[768 + (state >> 24)];

    private static uint[] ShiftTable(int bytes)
    {
        var power = PowerOfX(bytes);
        var table = new uint[4 * 256];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = Multiply(power, (uint)(i & 0xFF) << (8 * (i >> 8)));
        }

        return table;
    }

    /// <summary>x to the power of 8·bytes modulo the polynomial, by repeated squaring; bit 31 is the constant term.</summary>
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

            b = (b >> 1) ^ ((b & 1) * Polynomial);
        }

        return product;
    }
}
