using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Planning;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Tests.Planning;

public sealed class SyncDecisionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(TransferComparison.SizeAndTime)]
    [InlineData(TransferComparison.Size)]
    [InlineData(TransferComparison.Content)]
    public void Of_OtherSize_IsNeverTheSame(TransferComparison comparison) =>
        SyncDecision.Of(Entry(1, Noon), Entry(2, Noon.AddDays(1)), comparison, targetKeepsOriginalTime: false, sourceIsFile: false).IsSame.ShouldBe(false);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void Of_Buckets_DestinationMustBeNoOlder(int secondsLater, bool expected) =>
        SyncDecision.Of(Entry(1, Noon), Entry(1, Noon.AddSeconds(secondsLater)), TransferComparison.SizeAndTime, targetKeepsOriginalTime: false, sourceIsFile: false).IsSame.ShouldBe(expected);

    [Fact]
    public void Of_OlderFileOfABucket_NeedsACloserLook() =>
        SyncDecision.Of(Entry(1, Noon), Entry(1, Noon.AddSeconds(-1)), TransferComparison.SizeAndTime, targetKeepsOriginalTime: true, sourceIsFile: false).IsSame.ShouldBeNull();

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Of_TwoFoldersWithOtherTimes_Differ(int seconds) =>
        SyncDecision.Of(Entry(1, Noon), Entry(1, Noon.AddSeconds(seconds)), TransferComparison.SizeAndTime, targetKeepsOriginalTime: true, sourceIsFile: true).IsSame.ShouldBe(false);

    [Fact]
    public void Of_SizeOnly_IgnoresTime() =>
        SyncDecision.Of(Entry(1, Noon), Entry(1, Noon.AddDays(-1)), TransferComparison.Size, targetKeepsOriginalTime: false, sourceIsFile: false).IsSame.ShouldBe(true);

    [Fact]
    public void Of_Content_NeedsACloserLook() =>
        SyncDecision.Of(Entry(1, Noon), Entry(1, Noon.AddDays(1)), TransferComparison.Content, targetKeepsOriginalTime: false, sourceIsFile: false).IsSame.ShouldBeNull();

    private static SideEntry Entry(long size, DateTimeOffset modified) => new("name", size, modified, VersionTag.Parse("tag"), StorageTier.Standard);
}
