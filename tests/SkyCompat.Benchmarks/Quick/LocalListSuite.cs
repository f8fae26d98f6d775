using System.Diagnostics;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Lists of a million keys.</summary>
internal sealed class LocalListSuite : IQuickSuite
{
    private const int Keys = 1_000_000;
    private const int Folders = 1000;
    private const double LimitKeysPerSecond = 200_000;

    public string Name => "local-list";

    public string Description => "Local list of 1,000,000 keys: keys a second (limit 200,000), growth of memory, and a delimiter list over them";

    public async Task RunAsync(QuickReport report)
    {
        await using var local = await LocalTarget.OpenAsync();
        await Load.RunAsync(Keys, 64, i => local.Bucket.PutAsync($"folder-{i % Folders:d4}/key-{i:d7}", ObjectBody.Empty));

        var managed = GC.GetTotalMemory(forceFullCollection: true);
        long growth = 0;
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        string? last = null;
        await foreach (var entry in local.Bucket.ListAsync())
        {
            if (string.CompareOrdinal(last, entry.Key) >= 0)
            {
                throw new InvalidOperationException($"'{entry.Key}' is listed after '{last}'.");
            }

            last = entry.Key;
            if (++count % 100_000 == 0)
            {
                growth = Math.Max(growth, GC.GetTotalMemory(forceFullCollection: true) - managed);
            }
        }

        report.Limit("list 1,000,000 keys in order", count / Stopwatch.GetElapsedTime(started).TotalSeconds, LimitKeysPerSecond, "key/s");
        report.Limit("growth of managed memory while listing", growth / 1e6, 1, "MB");

        var options = new ListOptions { Delimiter = "/" };
        await report.CompareAsync(
            "1,000 prefixes of 1,000,000 keys beside 1,000 keys",
            "entry",
            Folders,
            async () => await local.Bucket.ListAsync(options).CountAsync(),
            async () => await local.Bucket.ListAsync(new ListOptions { Prefix = "folder-0500/" }).CountAsync());
    }
}
