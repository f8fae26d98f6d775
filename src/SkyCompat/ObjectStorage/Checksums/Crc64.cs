using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SkyCompat.ObjectStorage;

/// <summary>Reflected CRC-64 with all bits inverted before and after: NVME (Amazon S3) and XZ (Alibaba OSS). System.IO.Hashing's Crc64 is another one, not reflected.</summary>
internal sealed class Crc64
{
    private static readonly Crc64 Nvme = new(0x9A6C9329AC4BC9B5);
    private static readonly Crc64 Ecma = new(0xC96C5795D7870F42);

    private readonly ulong _polynomial;

    /// <summary>Eight tables of 256 entries, so that eight bytes take eight look-ups and no loop over bits.</summary>
    private readonly ulong[] _tables = new ulong[8 * 256];

    private Crc64(ulong polynomial)
    {
        _polynomial = polynomial;
        for (var i = 0; i < 256; i++)
        {
            var crc = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? polynomial : 0);
            }

            _tables[i] = crc;
        }

        for (var i = 256; i < _tables.Length; i++)
        {
            var crc = _tables[i - 256];
            _tables[i] = (crc >> 8) ^ _tables[(int)(crc & 0xFF)];
        }
    }

    public static Crc64 Of(ChecksumAlgorithm algorithm) => algorithm is ChecksumAlgorithm.Crc64Ecma ? Ecma : Nvme;

    /// <summary>The checksum of the bytes before and these.</summary>
    public ulong Append(ulong crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        var tables = _tables.AsSpan(0, 8 * 256);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            var x = crc ^ (BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
            crc = tables[(7 * 256) + (int)(x & 0xFF)]
                ^ tables[(6 * 256) + (int)((x >> 8) & 0xFF)]
                ^ tables[(5 * 256) + (int)((x >> 16) & 0xFF)]
                ^ tables[(4 * 256) + (int)((x >> 24) & 0xFF)]
                ^ tables[(3 * 256) + (int)((x >> 32) & 0xFF)]
                ^ tables[(2 * 256) + (int)((x >> 40) & 0xFF)]
                ^ tables[(1 * 256) + (int)((x >> 48) & 0xFF)]
                ^ tables[(int)(x >> 56)];
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = (crc >> 8) ^ tables[(int)((crc ^ value) & 0xFF)];
        }

        return ~crc;
    }

    /// <summary>The checksum of two runs from the checksums of each.</summary>
    public ulong Combine(ulong first, ulong second, long secondLength) => Multiply(PowerOfX(secondLength), first) ^ second;

    /// <summary>x to the power of 8·bytes modulo the polynomial, by repeated squaring.</summary>
    private ulong PowerOfX(long bytes)
    {
        var result = 1UL << 63;
        var factor = 1UL << (63 - 8);
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
    private ulong Multiply(ulong a, ulong b)
    {
        ulong product = 0;
        for (var mask = 1UL << 63; mask != 0; mask >>= 1)
        {
            if ((a & mask) != 0)
            {
                product ^= b;
            }

            b = (b >> 1) ^ ((b & 1) != 0 ? _polynomial : 0);
        }

        return product;
    }
}
