using System.Buffers.Binary;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>The CRC-32C of a body, which the index keeps as a number.</summary>
internal static class StoredCrc
{
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
}
