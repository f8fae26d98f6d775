using Microsoft.Extensions.Time.Testing;
using SkyCompat.Simulation;

namespace SkyCompat.Compute.Tests.Placement;

public sealed class SimulatedWorldTests
{
    [Fact]
    public void Random_SameSeed_SameWorld()
    {
        static string Text(int seed) => string.Join('\n', SimulatedWorld.Random(seed).Clouds.Select(cloud => $"{cloud.RejectsCredentials} {string.Join(',', cloud.Regions.SelectMany(region => region.Zones.Select(zone => $"{region.QuotaVCpus}{zone}")))}"));
        Text(7).ShouldBe(Text(7), StringCompareShould.IgnoreLineEndings);
        string.Equals(Text(7), Text(8), StringComparison.Ordinal).ShouldBeFalse();
        SimulatedWorld.Random(7).Clouds.SelectMany(cloud => cloud.Regions).SelectMany(region => region.Zones).Count().ShouldBe(72);
    }

    [Fact]
    public async Task Preemption_PassesWithTime()
    {
        var time = new FakeTimeProvider();
        var world = new SimulatedWorld([SimulatedHost.Cloud("one", SimulatedHost.Region("eu-1", new SimulatedZone("eu-1a") { PreemptionsPerHour = 1 }))], [SimulatedWorld.Standard]);
        var sky = new SimulatedSky(world, time);
        using var host = new SimulatedHost(sky, time: time);
        var instance = (await host.Placements.LaunchAsync(SimulatedHost.Request("web", Market.Spot), null, TestContext.Current.CancellationToken)).Instances.Single();
        var compute = host.Sky.GetCloud("one").Compute;
        (await compute.GetInstanceAsync(instance.Id, TestContext.Current.CancellationToken)).Preempted.ShouldBeFalse();
        time.Advance(TimeSpan.FromDays(7));
        var seen = await compute.GetInstanceAsync(instance.Id, TestContext.Current.CancellationToken);
        seen.Preempted.ShouldBeTrue();
        seen.ComputeBilled.ShouldBeFalse();
    }
}
