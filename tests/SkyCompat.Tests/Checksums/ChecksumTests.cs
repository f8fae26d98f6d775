using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class ChecksumTests
{
    private static readonly ChecksumAlgorithm[] Crcs = [ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Crc64Nvme, ChecksumAlgorithm.Crc64Ecma];

    private static readonly Gen<ChecksumAlgorithm> AnyCrc = Gen.Int[0, Crcs.Length - 1].Select(i => Crcs[i]);

    private static readonly Gen<byte[]> Data = Gen.Byte.Array[0, 3_000];

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32C, "e3069283")]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, "ae8b14860a799888")]
    [InlineData(ChecksumAlgorithm.Crc64Ecma, "995dc9bbdf1939fa")]
    [InlineData(ChecksumAlgorithm.Md5, "25f9e794323b453885f5181f1b624d0b")]
    [InlineData(ChecksumAlgorithm.Sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    public void Compute_CheckInput_GivesThePublishedValue(ChecksumAlgorithm algorithm, string hexadecimal) =>
        Convert.ToHexStringLower(ChecksumHasher.Compute(algorithm, Encoding.ASCII.GetBytes("123456789")).Value).ShouldBe(hexadecimal);

    [Theory]
    [InlineData("8a9136aa", 0x00)]
    [InlineData("62a8ab43", 0xFF)]
    public void Crc32C_32EqualBytes_GivesTheValueOfRfc3720(string hexadecimal, byte value) =>
        Convert.ToHexStringLower(ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, Enumerable.Repeat(value, 32).ToArray()).Value).ShouldBe(hexadecimal);

    [Fact]
    public void Compute_NoBytes_GivesZeroForCrcs() =>
        Crcs.Select(algorithm => Convert.ToHexString(ChecksumHasher.Compute(algorithm, []).Value)).ShouldBe(["00000000", "0000000000000000", "0000000000000000"]);

    [Fact]
    public void Compute_HashFunctions_AreThePlatforms() => Data.Sample(bytes =>
        ChecksumHasher.Compute(ChecksumAlgorithm.Md5, bytes).Value.SequenceEqual(MD5.HashData(bytes))
        && ChecksumHasher.Compute(ChecksumAlgorithm.Sha256, bytes).Value.SequenceEqual(SHA256.HashData(bytes)));

    [Fact]
    public void Combine_AnyTwoRuns_IsTheChecksumOfBoth() => Gen.Select(Data, Data, AnyCrc).Sample((first, second, algorithm) =>
        ChecksumHasher.Combine(ChecksumHasher.Compute(algorithm, first), ChecksumHasher.Compute(algorithm, second), second.Length)
            .Equals(ChecksumHasher.Compute(algorithm, [.. first, .. second])));

    [Fact]
    public void Append_AnyChunking_GivesTheSameChecksum() => Gen.Select(Data, Gen.Int[1, 100], Gen.Enum<ChecksumAlgorithm>()).Sample((bytes, chunk, algorithm) =>
    {
        using var hasher = new ChecksumHasher(algorithm);
        foreach (var piece in bytes.Chunk(chunk))
        {
            hasher.Append(piece);
            _ = hasher.GetChecksum();
        }

        return hasher.GetChecksum().Equals(ChecksumHasher.Compute(algorithm, bytes))
            && ChecksumHasher.Compute(algorithm, new ReadOnlySequence<byte>(bytes)).Equals(hasher.GetChecksum());
    });

    [Fact]
    public void Append_LongRunsInAnySplit_IsThatOfSingleBytes() => Gen.Select(Gen.Int[0, 40_000], Gen.Int[0, 40_000]).Sample(
        (first, second) =>
        {
            var bytes = Engine.Bytes(first + second);
            uint expected = 0;
            foreach (var value in bytes)
            {
                expected = Crc32C.Append(expected, [value]);
            }

            var head = Crc32C.Append(0, bytes.AsSpan(0, first));
            return Crc32C.Append(head, bytes.AsSpan(first)) == expected && Crc32C.Combine(head, Crc32C.Append(0, bytes.AsSpan(first)), second) == expected;
        },
        iter: 100);

    [Fact]
    public async Task ComputeAsync_Stream_IsThatOfItsRest()
    {
        using var stream = new MemoryStream(Engine.Bytes(300_000));
        stream.Position = 7;

        (await ChecksumHasher.ComputeAsync(ChecksumAlgorithm.Crc64Nvme, stream)).ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Crc64Nvme, Engine.Bytes(300_000).AsSpan(7)));
    }

    [Fact]
    public void Combine_WhatCannotBe_IsRefused()
    {
        var crc = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, [1]);
        var md5 = ChecksumHasher.Compute(ChecksumAlgorithm.Md5, [1]);

        Should.Throw<ArgumentException>(() => ChecksumHasher.Combine(md5, md5, 1));
        Should.Throw<ArgumentException>(() => ChecksumHasher.Combine(crc, md5, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => ChecksumHasher.Combine(crc, crc, -1));
    }

    [Fact]
    public void Base64_AnyChecksum_IsReadBack() => Gen.Select(Data, Gen.Enum<ChecksumAlgorithm>()).Sample((bytes, algorithm) =>
    {
        var checksum = ChecksumHasher.Compute(algorithm, bytes);
        return checksum.Equals(Checksum.TryParseBase64(algorithm, checksum.ToBase64()));
    });

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Base64_WrongText_IsNull(string text) => Checksum.TryParseBase64(ChecksumAlgorithm.Crc32C, text).ShouldBeNull();

    [Fact]
    public void Checksum_WrongLength_IsRefused() => Should.Throw<ArgumentException>(() => new Checksum(ChecksumAlgorithm.Crc32C, [1, 2, 3]));
}
