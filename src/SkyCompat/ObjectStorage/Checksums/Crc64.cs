using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SkyCompat.ObjectStorage;

/// <summary>Reflected CRC-64 with all bits inverted before and after: NVME (Amazon S3) and XZ (Alibaba OSS). System.IO.Hashing's Crc64 is another one, not reflected.</summary>
internal sealed class Crc64
{
    private static readonly Crc64 Nvme = new(0x9A6C9329AC4BC9B5);
    private static readonly Crc64 Ecma = new(0xC96C5795D7870F42);

    private const int FoldedBytes = 64;

    private readonly ulong _polynomial;

    /// <summary>Eight tables of 256 entries, so that eight bytes take eight look-ups and no loop over bits.</summary>
    private readonly ulong[] _tables = new ulong[8 * 256];

    /// <summary>What moves 16 bytes past the next 16, and past the next 64: x to the powers that their two halves are away, less the one that a product of reflected halves is off by.</summary>
    private readonly Vector128<ulong> _past16;
    private readonly Vector128<ulong> _past64;

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

        const ulong XTo7 = 1UL << (63 - 7);
        _past16 = Vector128.Create(Multiply(PowerOfX(23), XTo7), Multiply(PowerOfX(15), XTo7));
        _past64 = Vector128.Create(Multiply(PowerOfX(71), XTo7), Multiply(PowerOfX(63), XTo7));
    }

    public static Crc64 Of(ChecksumAlgorithm algorithm) => algorithm is ChecksumAlgorithm.Crc64Ecma ? Ecma : Nvme;

    /// <summary>The checksum of the bytes before and these.</summary>
    public ulong Append(ulong crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        if (Pclmulqdq.IsSupported && bytes.Length >= 2 * FoldedBytes)
        {
            var folded = bytes.Length / Vector128<byte>.Count * Vector128<byte>.Count;
            crc = Fold(crc, MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes[..folded]));
            bytes = bytes[folded..];
        }

        return ~AppendByTables(crc, bytes);
    }

    /// <summary>The checksum of two runs from the checksums of each.</summary>
    public ulong Combine(ulong first, ulong second, long secondLength) => Multiply(PowerOfX(secondLength), first) ^ second;

    private static Vector128<ulong> Move(Vector128<ulong> block, Vector128<ulong> distance) =>
        Pclmulqdq.CarrylessMultiply(block, distance, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, distance, 0x11);

    /// <summary>Folds blocks of 16 bytes into one that has the same remainder, by carry-less multiplication, four at a time; the remainder of that one is looked up.</summary>
    private ulong Fold(ulong crc, ReadOnlySpan<Vector128<ulong>> blocks)
    {
        var (a, b, c, d) = (blocks[0] ^ Vector128.CreateScalar(crc), blocks[1], blocks[2], blocks[3]);
        var i = 4;
        for (; i + 4 <= blocks.Length; i += 4)
        {
            a = Move(a, _past64) ^ blocks[i];
            b = Move(b, _past64) ^ blocks[i + 1];
            c = Move(c, _past64) ^ blocks[i + 2];
            d = Move(d, _past64) ^ blocks[i + 3];
        }

        b ^= Move(a, _past16);
        c ^= Move(b, _past16);
        d ^= Move(c, _past16);
        for (; i < blocks.Length; i++)
        {
            d = Move(d, _past16) ^ blocks[i];
        }

        return AppendByTables(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<ulong>>(in d)));
    }

    private ulong AppendByTables(ulong crc, ReadOnlySpan<byte> bytes)
    {
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

        return crc;
    }

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
