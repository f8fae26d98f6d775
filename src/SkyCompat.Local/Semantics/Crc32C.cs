using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>CRC-32C over a stream of bytes, three lanes at a time: the instruction answers after three cycles but can be started in each.</summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78;
    private const int LaneBytes = 4096;
    private static readonly uint[] LaneShift = ShiftTable(LaneBytes);

    /// <summary>The checksum of bytes that follow others.</summary>
    /// <param name="crc">The checksum of the bytes before; 0 if there are none.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The checksum of all of them.</returns>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var state = ~crc;
        while (bytes.Length >= 3 * LaneBytes)
        {
            var a = MemoryMarshal.Cast<byte, ulong>(bytes[..LaneBytes]);
            var b = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(LaneBytes, LaneBytes));
            var c = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(2 * LaneBytes, LaneBytes));
            uint second = 0, third = 0;
            for (var i = 0; i < a.Length && i < b.Length && i < c.Length; i++)
            {
                state = BitOperations.Crc32C(state, a[i]);
                second = BitOperations.Crc32C(second, b[i]);
                third = BitOperations.Crc32C(third, c[i]);
            }

            state = ShiftLane(ShiftLane(state) ^ second) ^ third;
            bytes = bytes[(3 * LaneBytes)..];
        }

        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (var value in bytes[(bytes.Length & ~7)..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }

    /// <summary>The checksum of two runs of bytes from the checksum of each.</summary>
    public static uint Combine(uint first, uint second, long secondLength) => Multiply(PowerOfBytes(secondLength), first) ^ second;

    public static Checksum ToChecksum(uint crc)
    {
        Span<byte> value = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(value, crc);
        return new Checksum(ChecksumAlgorithm.Crc32C, value);
    }

    public static uint FromChecksum(Checksum checksum) => BinaryPrimitives.ReadUInt32BigEndian(checksum.Value);

    /// <summary>Compares with what a caller handed in, if it did.</summary>
    public static void Verify(uint crc, Checksum? expected, string key)
    {
        if (expected is { Algorithm: ChecksumAlgorithm.Crc32C } && FromChecksum(expected) != crc)
        {
            throw StorageErrors.ChecksumMismatch(key);
        }
    }

    // The state after a lane of zeros: one table look-up per byte of the state, as the shift is linear.
    private static uint ShiftLane(uint state) =>
        LaneShift[state & 0xFF] ^ LaneShift[256 + ((state >> 8) & 0xFF)] ^ LaneShift[512 + ((state >> 16) & 0xFF)] ^ LaneShift[768 + (state >> 24)];

    private static uint[] ShiftTable(int bytes)
    {
        var power = PowerOfBytes(bytes);
        var table = new uint[4 * 256];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = Multiply(power, (uint)(i & 0xFF) << (8 * (i >> 8)));
        }

        return table;
    }

    /// <summary>x to the power of eight times so many, modulo the polynomial; bit 31 is the constant term.</summary>
    private static uint PowerOfBytes(long bytes)
    {
        const uint One = 1u << 31;
        const uint XToThe8 = 1u << 23;
        var result = One;
        for (var square = XToThe8; bytes > 0; bytes >>= 1)
        {
            if ((bytes & 1) != 0)
            {
                result = Multiply(result, square);
            }

            square = Multiply(square, square);
        }

        return result;
    }

    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (var bit = 1u << 31; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
            {
                product ^= b;
            }

            b = (b >> 1) ^ ((b & 1) * Polynomial);
        }

        return product;
    }
}
