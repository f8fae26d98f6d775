using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Compute;
using SkyCompat.Simulation;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Placements in simulated worlds, by several strategies side by side: 4 clouds of 6 regions of 3 zones, with bad credentials, no quota and no stock here and there.</summary>
internal sealed class PlacementSuite : IQuickSuite
{
    private const int Worlds = 20_000;
    private const int Offers = 20_000;

    private static readonly MachineNeed Need = new() { MinVCpus = 4, MinMemoryGiB = 16 };

    public string Name => "placement";

    public string Description => "Where to launch: strategies over 20,000 simulated worlds (attempts, seconds, success), and planning over 20,000 offers";

    public async Task RunAsync(QuickReport report)
    {
        var strategies = new (string Name, Func<SimulatedSky, ISky, Task<bool>> RunAsync)[]
        {
            ("cheapest region only", (_, sky) => WalkAsync(sky, offer => $"{offer.Cloud}/{offer.Location.Region}", (_, _) => ErrorScope.Zone)),
            ("cheapest cloud only", (_, sky) => WalkAsync(sky, offer => offer.Cloud, (_, _) => ErrorScope.Zone)),
            ("all clouds, avoiding the zone tried", (_, sky) => WalkAsync(sky, null, (_, _) => ErrorScope.Zone)),
            ("all clouds, avoiding by scope", (_, sky) => WalkAsync(sky, null, (_, error) => error.Scope)),
        };
        foreach (var (name, run) in strategies)
        {
            await MeasureAsync(report, name, run);
        }

        await MeasureAsync(report, "this library: by scope, with probes", static async (simulated, _) =>
        {
            // The process is new to each world: what it avoids would otherwise be of the world before.
            using var host = Open(simulated);
            try
            {
                await host.GetRequiredService<IPlacementService>().LaunchAsync(new PlacementRequest { Need = Need, Launch = Spec("web"), MaxAttempts = 72 });
                return true;
            }
            catch (CloudException)
            {
                return false;
            }
        });
        await MeasurePlanningAsync(report);
    }

    private static LaunchSpec Spec(string key) => new() { IdempotencyKey = key, Image = ImageReference.OfFamily("ubuntu-24.04") };

    private static ServiceProvider Open(SimulatedSky simulated)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IPlacementStore, NoStore>();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        services.AddSkyCompat().AddSimulated(simulated);
        services.Configure<SkyCompatOptions>(options => options.DefaultCloud = simulated.World.Clouds[0].Name);
        return services.BuildServiceProvider();
    }

    private static async Task MeasureAsync(QuickReport report, string name, Func<SimulatedSky, ISky, Task<bool>> run)
    {
        var simulated = new SimulatedSky(SimulatedWorld.Random(0));
        using var host = Open(simulated);
        var sky = host.GetRequiredService<ISky>();
        var (succeeded, attempts, seconds) = (0, new List<double>(), new List<double>());
        for (var seed = 1; seed <= Worlds; seed++)
        {
            simulated.Clear();
            simulated.World = SimulatedWorld.Random(seed);
            if (await run(simulated, sky))
            {
                succeeded++;
                attempts.Add(simulated.Launches);
                seconds.Add(simulated.Elapsed.TotalSeconds);
            }
        }

        report.Limit($"{name}: success", 100.0 * succeeded / Worlds, 99.9, "%");
        report.Limit($"{name}: launches, mean", attempts.Average(), 2.5, "launches");
        report.Limit($"{name}: simulated seconds, mean", seconds.Average(), 78, "s");
        report.Limit($"{name}: launches, 95th percentile", attempts.Order().ElementAt(attempts.Count * 95 / 100), 7, "launches");
    }

    /// <summary>Tries offers by price, within the cheapest offer's place if one is given, leaving out as much as the rule says after each failure.</summary>
    private static async Task<bool> WalkAsync(ISky sky, Func<Offer, string>? place, Func<Offer, CloudException, ErrorScope> scopeOf)
    {
        var offers = new List<Offer>();
        foreach (var cloud in sky.Clouds)
        {
            var regions = sky.GetCloud(cloud.Name).Compute;
            await foreach (var offer in regions.FindOffersAsync(new OfferQuery(Need) { Regions = [.. Enumerable.Range(1, 6).Select(n => n % 2 == 1 ? $"eu-{n}" : $"us-{n}")] }))
            {
                offers.Add(offer);
            }
        }

        offers.Sort(static (left, right) => Nullable.Compare(left.HourlyPriceUsd, right.HourlyPriceUsd));
        var only = place?.Invoke(offers[0]);
        while (offers.Find(offer => only is null || place!(offer) == only) is { } next)
        {
            try
            {
                await (await sky.GetCloud(next.Cloud).Compute.LaunchAsync(Spec("web"), next)).WaitAsync();
                return true;
            }
            catch (CloudException exception)
            {
                var scope = scopeOf(next, exception);
                offers.RemoveAll(offer => offer.Cloud == next.Cloud && scope switch
                {
                    ErrorScope.Cloud => true,
                    ErrorScope.Region => offer.Location.Region == next.Location.Region,
                    _ => offer.Location == next.Location,
                });
            }
        }

        return false;
    }

    private static async Task MeasurePlanningAsync(QuickReport report)
    {
        var types = Enumerable.Range(0, 278).Select(i => new SimulatedType($"type-{i}", $"family-{i % 20}", new MachineShape(4 + (i % 8), 16 + (i % 32)), 0.1m + (i / 1000m), 0.03m)).ToList();
        var world = SimulatedWorld.Random(1);
        var simulated = new SimulatedSky(world with { Types = types });
        using var host = Open(simulated);
        var placements = host.GetRequiredService<IPlacementService>();
        var request = new PlacementRequest { Need = Need, Launch = Spec("web"), Jurisdictions = ["EU"], PreferredRegions = ["eu-3"], Data = new DataLocation(CloudProvider.Aws, "eu-central-1", 100) };
        var seconds = new List<double>();
        var offers = 0;
        for (var round = 0; round < 15; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var plan = await placements.PlanAsync(request);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            offers = plan.Steps.Count + plan.Rejected.Count;
        }

        report.Limit($"finding and planning {offers} offers (of {Offers} asked), median", seconds.Order().ElementAt(7), 50, "ms");
    }

    private sealed class NoStore : IPlacementStore
    {
        public Task<string?> LoadAsync(string key, CancellationToken cancellationToken = default) => Task.FromResult<string?>(null);

        public Task SaveAsync(string key, string text, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
