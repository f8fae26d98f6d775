using CsCheck;
using SkyCompat.ObjectStorage;
using LocalCrc = SkyCompat.Local.Crc32C;

namespace SkyCompat.Providers.Tests.Local;

public sealed class Crc32CTests
{
    [Fact]
    public void Append_OfTheCheckValue_IsThePublishedOne() => LocalCrc.Append(0, "123456789"u8).ShouldBe(0xE3069283);

    [Fact]
    public void Append_OfAnyBytesInAnySplit_EqualsTheEnginesChecksum() =>
        Gen.Select(Gen.Int[0, 40_000], Gen.Int[0, 40_000], Gen.Int).Sample(
            (first, second, seed) =>
            {
                var bytes = DriverExtensions.Bytes(first + second, seed);
                var expected = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes);
                var head = LocalCrc.Append(0, bytes.AsSpan(0, first));
                LocalCrc.ToChecksum(LocalCrc.Append(head, bytes.AsSpan(first))).ShouldBe(expected);
                var tail = LocalCrc.Append(0, bytes.AsSpan(first));
                LocalCrc.ToChecksum(LocalCrc.Combine(head, tail, second)).ShouldBe(expected);
            },
            iter: 200);
}
