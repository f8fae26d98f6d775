using SkyCompat.Transfer.Running;

namespace SkyCompat.Transfer.Tests.Running;

/// <summary>The controller against stores that scale up to a point, by simulation.</summary>
public sealed class ConcurrencyControllerTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(200)]
    public void Observe_StoreScalesToAPoint_SettlesNearIt(int knee)
    {
        var controller = new ConcurrencyController(start: 8, max: 1024);
        var limits = Run(controller, 400, limit => Math.Min(limit, knee) * 10);
        limits.TakeLast(100).Average().ShouldBeInRange(knee * 0.6, knee * 2.2);
    }

    [Fact]
    public void Observe_MoreIsAlwaysBetter_ReachesTheMaximum() => Run(new ConcurrencyController(8, 256), 100, limit => limit).Max().ShouldBe(256);

    [Fact]
    public void Observe_Throttled_BacksOffAndRecovers()
    {
        var controller = new ConcurrencyController(8, 256);
        Run(controller, 40, limit => limit);
        var before = controller.Limit;
        for (var i = 0; i < 8; i++)
        {
            controller.Observe(1, throttled: 5, wasLimited: true);
        }

        controller.Limit.ShouldBeLessThan(before / 2);
        controller.Limit.ShouldBeGreaterThanOrEqualTo(2);
        var low = controller.Limit;
        Run(controller, 60, limit => limit);
        controller.Limit.ShouldBeGreaterThan(low);
    }

    [Fact]
    public void Observe_ThrottledForEver_NeverGoesBelowTwo()
    {
        var controller = new ConcurrencyController(8, 256);
        for (var i = 0; i < 1000; i++)
        {
            controller.Observe(1, throttled: 1, wasLimited: true);
        }

        controller.Limit.ShouldBe(2);
    }

    [Fact]
    public void Observe_NothingWaits_StaysAsItIs()
    {
        var controller = new ConcurrencyController(8, 256);
        for (var i = 0; i < 100; i++)
        {
            controller.Observe(i, throttled: 0, wasLimited: false);
        }

        controller.Limit.ShouldBe(8);
    }

    [Fact]
    public void Limit_MaximumOfOne_IsOne()
    {
        var controller = new ConcurrencyController(8, 1);
        controller.Limit.ShouldBe(1);
        controller.Observe(100, throttled: 1, wasLimited: true);
        controller.Limit.ShouldBe(1);
    }

    private static List<int> Run(ConcurrencyController controller, int windows, Func<int, double> throughput)
    {
        var limits = new List<int>();
        for (var i = 0; i < windows; i++)
        {
            controller.Observe(throughput(controller.Limit), throttled: 0, wasLimited: true);
            limits.Add(controller.Limit);
        }

        return limits;
    }
}
