using System.Globalization;
using SkyCompat.Compute;

namespace SkyCompat.Simulation;

/// <summary>What a simulated sky is like. The same for the same seed.</summary>
/// <param name="Clouds">The clouds.</param>
/// <param name="Types">The instance types of all of them.</param>
/// <param name="Seed">Decides what is left to chance: when spot instances are taken back.</param>
public sealed record SimulatedWorld(IReadOnlyList<SimulatedCloud> Clouds, IReadOnlyList<SimulatedType> Types, int Seed = 1)
{
    private const int CloudCount = 4;
    private const int RegionCount = 6;
    private const int ZoneCount = 3;
    private const double BadCredentials = 0.10;
    private const double NoQuota = 0.40;
    private const double NoStockInRegion = 0.25;
    private const double NoStockInZone = 0.35;

    /// <summary>One machine of 4 vCPU and 16 GiB.</summary>
    public static SimulatedType Standard { get; } = new("standard-4", "standard", new MachineShape(4, 16), 0.20m, 0.06m);

    /// <summary>A world as bad as it gets: 4 clouds of 6 regions of 3 zones; of the clouds 10 % refuse the credentials, of the regions 40 % have no quota and 25 % no stock, of the other zones
    /// 35 % have none. Prices differ by zone.</summary>
    /// <param name="seed">Which world.</param>
    /// <returns>The world; it sells <see cref="Standard"/>.</returns>
    public static SimulatedWorld Random(int seed)
    {
#pragma warning disable CA5394 // A simulation must be repeatable; nothing here is secret.
        var random = new Random(seed);
        return new SimulatedWorld([.. Enumerable.Range(0, CloudCount).Select(cloud => new SimulatedCloud(Name("cloud", cloud), [.. Enumerable.Range(0, RegionCount).Select(Region)]) { RejectsCredentials = random.NextDouble() < BadCredentials })], [Standard], seed);

        SimulatedRegion Region(int region)
        {
            var quota = random.NextDouble() < NoQuota ? 0 : int.MaxValue;
            var empty = random.NextDouble() < NoStockInRegion;
            return new SimulatedRegion(Name(region % 2 == 0 ? "eu-" : "us-", region), [.. Enumerable.Range(0, ZoneCount).Select(zone => new SimulatedZone(Name(region % 2 == 0 ? "eu-" : "us-", region) + (char)('a' + zone))
            {
                StockVCpus = empty || random.NextDouble() < NoStockInZone ? 0 : int.MaxValue,
                PriceFactor = 1 + (decimal)random.NextDouble(),
            })]) { QuotaVCpus = quota };
        }
#pragma warning restore CA5394
    }

    private static string Name(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number + 1}");
}
