using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SkyCompat.ObjectStorage;

/// <summary>Computes a checksum over bytes as they come. Not safe for use by many threads.</summary>
public sealed class ChecksumHasher : IDisposable
{
    private readonly IncrementalHash? _hash;
    private uint _crc32;
    private ulong _crc64;

    /// <summary>Starts a checksum over no bytes.</summary>
    /// <param name="algorithm">How to compute it.</param>
    public ChecksumHasher(ChecksumAlgorithm algorithm)
    {
        Algorithm = algorithm;
        _hash = algorithm switch
        {
            ChecksumAlgorithm.Md5 => IncrementalHash.CreateHash(HashAlgorithmName.MD5),
            ChecksumAlgorithm.Sha256 => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
            ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme or ChecksumAlgorithm.Crc64Ecma => null,
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Unknown checksum algorithm."),
        };
    }

    /// <summary>How the checksum is computed.</summary>
    public ChecksumAlgorithm Algorithm { get; }

    /// <summary>Computes the checksum of bytes in memory.</summary>
    /// <param name="algorithm">How to compute it.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The checksum.</returns>
    public static Checksum Compute(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> bytes)
    {
        if (algorithm is ChecksumAlgorithm.Md5 or ChecksumAlgorithm.Sha256)
        {
            Span<byte> value = stackalloc byte[32];
            var name = algorithm is ChecksumAlgorithm.Md5 ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256;
            return new Checksum(algorithm, value[..CryptographicOperations.HashData(name, bytes, value)]);
        }

        using var hasher = new ChecksumHasher(algorithm);
        hasher.Append(bytes);
        return hasher.GetChecksum();
    }

    /// <summary>Computes the checksum of bytes in memory.</summary>
    /// <param name="algorithm">How to compute it.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The checksum.</returns>
    public static Checksum Compute(ChecksumAlgorithm algorithm, in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            return Compute(algorithm, bytes.FirstSpan);
        }

        using var hasher = new ChecksumHasher(algorithm);
        hasher.Append(bytes);
        return hasher.GetChecksum();
    }

    /// <summary>Computes the checksum of the rest of a stream.</summary>
    /// <param name="algorithm">How to compute it.</param>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The checksum.</returns>
    public static async Task<Checksum> ComputeAsync(ChecksumAlgorithm algorithm, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var hasher = new ChecksumHasher(algorithm);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hasher.Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return hasher.GetChecksum();
    }

    /// <summary>The checksum of two runs of bytes, one after the other, from the checksums of each; no byte is read. CRCs only.</summary>
    /// <param name="first">The checksum of the first run.</param>
    /// <param name="second">The checksum of the second run, of the same algorithm.</param>
    /// <param name="secondLength">How many bytes the second run has.</param>
    /// <returns>The checksum of both.</returns>
    /// <exception cref="ArgumentException">The algorithms differ or cannot be combined.</exception>
    public static Checksum Combine(Checksum first, Checksum second, long secondLength)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfNegative(secondLength);
        if (first.Algorithm != second.Algorithm)
        {
            throw new ArgumentException($"A {first.Algorithm} and a {second.Algorithm} checksum cannot be combined.", nameof(second));
        }

        Span<byte> value = stackalloc byte[8];
        switch (first.Algorithm)
        {
            case ChecksumAlgorithm.Crc32C:
                BinaryPrimitives.WriteUInt32BigEndian(value, Crc32C.Combine(
                    BinaryPrimitives.ReadUInt32BigEndian(first.Value), BinaryPrimitives.ReadUInt32BigEndian(second.Value), secondLength));
                return new Checksum(first.Algorithm, value[..4]);
            case ChecksumAlgorithm.Crc64Nvme or ChecksumAlgorithm.Crc64Ecma:
                BinaryPrimitives.WriteUInt64BigEndian(value, Crc64.Of(first.Algorithm).Combine(
                    BinaryPrimitives.ReadUInt64BigEndian(first.Value), BinaryPrimitives.ReadUInt64BigEndian(second.Value), secondLength));
                return new Checksum(first.Algorithm, value);
            default:
                throw new ArgumentException($"{first.Algorithm} checksums cannot be combined.", nameof(first));
        }
    }

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_hash is not null)
        {
            _hash.AppendData(bytes);
        }
        else if (Algorithm is ChecksumAlgorithm.Crc32C)
        {
            _crc32 = Crc32C.Append(_crc32, bytes);
        }
        else
        {
            _crc64 = Crc64.Of(Algorithm).Append(_crc64, bytes);
        }
    }

    /// <summary>Adds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(in ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            Append(segment.Span);
        }
    }

    /// <summary>The checksum of all bytes so far; more may be added after.</summary>
    /// <returns>The checksum.</returns>
    public Checksum GetChecksum()
    {
        Span<byte> value = stackalloc byte[32];
        if (_hash is not null)
        {
            return new Checksum(Algorithm, value[.._hash.GetCurrentHash(value)]);
        }

        if (Algorithm is ChecksumAlgorithm.Crc32C)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, _crc32);
            return new Checksum(Algorithm, value[..4]);
        }

        BinaryPrimitives.WriteUInt64BigEndian(value, _crc64);
        return new Checksum(Algorithm, value[..8]);
    }

    /// <summary>Frees what the algorithm holds.</summary>
    public void Dispose() => _hash?.Dispose();
}
