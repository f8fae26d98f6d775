using SkyCompat.Simulation;

namespace SkyCompat.Compute.Tests.Placement;

/// <summary>A process that ends between any two requests, or between a request and the note of it, is followed by one that ends the placement as if nothing had happened.</summary>
public sealed class CrashTests
{
    private const int Points = 1_000;

    [Fact]
    public async Task Launch_StoppedAtAnyPoint_LeavesNoOrphanAndNoDuplicate()
    {
        var crashes = 0;
        for (var seed = 1; crashes < Points; seed++)
        {
            var world = SimulatedWorld.Random(seed);
            for (var point = 0; ; point++)
            {
                var sky = new SimulatedSky(world);
                var store = new MemoryPlacementStore();
                if (!await CrashAsync(sky, store, point))
                {
                    break;
                }

                crashes++;
                await FinishAsync(sky, store, $"seed {seed}, point {point}");
            }
        }

        crashes.ShouldBeGreaterThanOrEqualTo(Points);
    }

    [Fact]
    public async Task Launch_StoppedAgainAndAgain_ComesToItsEnd()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var sky = new SimulatedSky(SimulatedWorld.Random(seed));
            var store = new MemoryPlacementStore();
            for (var point = 1; point < 12; point++)
            {
                await CrashAsync(sky, store, point);
            }

            await FinishAsync(sky, store, $"seed {seed}");
        }
    }

    private static PlacementRequest Request() => SimulatedHost.Request("web") with { Launch = SimulatedHost.Request("web").Launch with { Count = 2 } };

    /// <summary>Runs until the given point, counted before and after each request and each note, and ends there.</summary>
    private static async Task<bool> CrashAsync(SimulatedSky sky, MemoryPlacementStore store, int point)
    {
        var left = point;
        void Count()
        {
            if (left-- == 0)
            {
                throw new CrashException();
            }
        }

        sky.Intercept = (_, _, _) => Count();
        store.Intercept = _ => Count();
        try
        {
            using var host = new SimulatedHost(sky, store);
            await host.Placements.LaunchAsync(Request(), null, TestContext.Current.CancellationToken);
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.CapacityShortage)
        {
            // A world without any room.
            return false;
        }
        finally
        {
            sky.Intercept = null;
            store.Intercept = null;
        }
    }

    private static async Task FinishAsync(SimulatedSky sky, MemoryPlacementStore store, string where)
    {
        using var host = new SimulatedHost(sky, store);
        try
        {
            var result = await host.Placements.LaunchAsync(Request(), null, TestContext.Current.CancellationToken);
            result.Instances.Count.ShouldBe(2, where);
            sky.ListInstances().Select(instance => $"{instance.Cloud}/{instance.Id}").Order(StringComparer.Ordinal).ShouldBe(result.Instances.Select(instance => $"{instance.Cloud}/{instance.Id}").Order(StringComparer.Ordinal), where);
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.CapacityShortage)
        {
            sky.ListInstances().ShouldBeEmpty(where);
        }
    }

    private sealed class CrashException : Exception;
}
