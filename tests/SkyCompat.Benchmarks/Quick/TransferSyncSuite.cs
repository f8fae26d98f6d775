using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>A sync that finds nothing to do.</summary>
internal sealed class TransferSyncSuite : IQuickSuite
{
    private const int Keys = 200_000;
    private const double LimitOfListing = 1.1;

    public string Name => "transfer-sync";

    public string Description => "Sync of two equal trees of 200,000 keys on two embedded stores beside listing both (limit 1.1 times), and growth of memory";

    public async Task RunAsync(QuickReport report)
    {
        var root = Directory.CreateTempSubdirectory("skycompat-bench-").FullName;
        try
        {
            var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var cloud in (string[])["a", "b"])
            {
                settings[$"SkyCompat:Clouds:{cloud}:Provider"] = "Local";
                settings[$"SkyCompat:Clouds:{cloud}:Local:Root"] = Path.Combine(root, cloud);
                settings[$"SkyCompat:Clouds:{cloud}:Local:Durability"] = nameof(LocalDurability.Relaxed);
            }

            var services = new ServiceCollection();
            services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("SkyCompat")).AddLocal();
            await using var provider = services.BuildServiceProvider();
            var sky = provider.GetRequiredService<ISky>();
            var buckets = new List<IBucket>();
            foreach (var cloud in (string[])["a", "b"])
            {
                await sky.GetCloud(cloud).Storage.CreateBucketAsync("tree");
                buckets.Add(sky.GetCloud(cloud).Storage.GetBucket("tree"));
                await Load.RunAsync(Keys, 64, i => buckets[^1].PutAsync($"folder-{i % 1000:d4}/key-{i:d7}", ObjectBody.Empty));
            }

            var request = new TransferRequest { Source = TransferLocation.FromPrefix(buckets[0]), Destination = TransferLocation.FromPrefix(buckets[1]), Mode = TransferMode.Sync };
            var (listing, syncing, peak) = (new List<double>(), new List<double>(), 0L);
            for (var round = 0; round < 5; round++)
            {
                listing.Add(await TimeAsync(() => Task.WhenAll(buckets.Select(bucket => bucket.ListAsync().CountAsync().AsTask()))));
                syncing.Add(await TimeAsync(() => SyncAsync(observer: null)));

                // Apart, since watching collects garbage again and again.
                var watch = new MemoryWatch(GC.GetTotalMemory(forceFullCollection: true));
                await SyncAsync(watch);
                peak = Math.Max(peak, watch.Growth);
            }

            async Task SyncAsync(TransferObserver? observer)
            {
                var done = await provider.GetRequiredService<ITransferService>().RunAsync(request, observer);
                if (done.Copied > 0 || done.Skipped != Keys)
                {
                    throw new InvalidOperationException($"{done.Copied} were copied and {done.Skipped} skipped.");
                }
            }

            report.Limit("time of the sync beside listing both at once", syncing.Order().ElementAt(2) / listing.Order().ElementAt(2), LimitOfListing, "times");
            report.Limit("growth of managed memory while syncing", peak / 1e6, 20, "MB");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var started = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private sealed class MemoryWatch(long before) : TransferObserver
    {
        public long Growth { get; private set; }

        public override void OnProgress(TransferProgress progress) => Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - before);
    }
}
