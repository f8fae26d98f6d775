using SkyCompat.Transfer.Running;

namespace SkyCompat.Transfer.Tests.Running;

public sealed class TransferMeterTests
{
    [Fact]
    public void GetProgress_ObjectsThatWereRefused_DoNotCountAsWorkDone()
    {
        var clock = new Clock();
        var meter = new TransferMeter(clock);
        for (var i = 0; i < 4; i++)
        {
            meter.Found(100);
        }

        for (var i = 0; i < 50; i++)
        {
            meter.Add(new TransferResult { Name = $"refused{i}", Target = "t", Outcome = TransferOutcome.Failed, Size = 1_000 }, isResumed: false);
        }

        meter.IsListingDone = true;
        meter.Move(meter.Begin("one", 100, holdsSlot: true), 100);
        meter.Settled(100);
        meter.Add(new TransferResult { Name = "one", Target = "t", Outcome = TransferOutcome.Copied, Size = 100 }, isResumed: false);
        clock.Ticks = TimeSpan.TicksPerSecond;

        var progress = meter.GetProgress(0, 8);

        progress.FailedObjects.ShouldBe(50);
        progress.Remaining.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void GetProgress_ObjectThatWasFoundAndThenSkipped_IsNoWorkLeft()
    {
        var clock = new Clock();
        var meter = new TransferMeter(clock);
        meter.Found(100);
        meter.Settled(100);
        meter.Add(new TransferResult { Name = "there", Target = "t", Outcome = TransferOutcome.Skipped, Size = 100 }, isResumed: false);
        meter.IsListingDone = true;
        clock.Ticks = TimeSpan.TicksPerSecond;

        meter.GetProgress(0, 8).Remaining.ShouldBe(TimeSpan.Zero);
    }

    private sealed class Clock : TimeProvider
    {
        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Ticks;
    }
}
