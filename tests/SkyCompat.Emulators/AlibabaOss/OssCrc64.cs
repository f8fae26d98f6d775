using System.Buffers.Binary;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>The CRC-64 that OSS tells of objects: the polynomial of ECMA-182, reflected, inverted before and after. Four bytes at a time by four tables.</summary>
internal static class OssCrc64
{
    private static readonly ulong[][] Tables = MakeTables();

    public static ulong Append(ulong crc, ReadOnlySpan<byte> bytes)
    {
        var (first, second, third, fourth) = (Tables[0], Tables[1], Tables[2], Tables[3]);
        crc = ~crc;
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            var low = (uint)crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = (crc >> 32) ^ fourth[low & 0xFF] ^ third[(low >> 8) & 0xFF] ^ second[(low >> 16) & 0xFF] ^ first[low >> 24];
        }

        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ first[(crc ^ value) & 0xFF];
        }

        return ~crc;
    }

    private static ulong[][] MakeTables()
    {
        ulong[][] tables = [new ulong[256], new ulong[256], new ulong[256], new ulong[256]];
        for (var value = 0u; value < 256; value++)
        {
            ulong crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xC96C5795D7870F42 : crc >> 1;
            }

            tables[0][value] = crc;
        }

        for (var value = 0; value < 256; value++)
        {
            for (var table = 1; table < 4; table++)
            {
                var before = tables[table - 1][value];
                tables[table][value] = (before >> 8) ^ tables[0][before & 0xFF];
            }
        }

        return tables;
    }
}
