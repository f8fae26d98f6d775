using SkyCompat.Transfer.Running;

namespace SkyCompat.Transfer.Tests.Running;

public sealed class BandwidthLimiterTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(19, 1)]
    [InlineData(30, 1)]
    [InlineData(10_000_000, 500_000)]
    public void StepOf_AnyRate_IsThatRate(long bytesPerSecond, int bytes)
    {
        var step = BandwidthLimiter.StepOf(bytesPerSecond);
        step.Bytes.ShouldBe(bytes);
        (step.Bytes / step.Period.TotalSeconds).ShouldBe(bytesPerSecond, tolerance: bytesPerSecond / 1000d);
    }
}
