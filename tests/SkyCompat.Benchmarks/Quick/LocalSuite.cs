using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>The embedded store beside plain files.</summary>
internal sealed class LocalSuite : IQuickSuite
{
    public string Name => "local";

    public string Description => "Local get and durable put beside File.ReadAllBytes and write + fsync + rename";

    public async Task RunAsync(QuickReport report)
    {
        await using var local = await LocalTarget.OpenAsync();
        var large = new byte[1 << 20];
        var small = new byte[4 << 10];
        Random.Shared.NextBytes(large);
        Random.Shared.NextBytes(small);
        await local.Bucket.PutAsync("large", large);
        var file = Path.Combine(local.Files, "large");
        await File.WriteAllBytesAsync(file, large);

        await report.CompareAsync(
            "get 1 MiB beside File.ReadAllBytes",
            "op",
            200,
            () => Load.RunAsync(200, 1, _ => local.Bucket.GetBytesAsync("large")),
            () => Load.RunAsync(200, 1, _ =>
            {
                File.ReadAllBytes(file);
                return Task.CompletedTask;
            }),
            200);
        await report.CompareAsync(
            "durable put 1 MiB beside write+fsync+rename",
            "op",
            100,
            () => Load.RunAsync(100, 1, i => local.Bucket.PutAsync($"large-{i}", large)),
            () => Load.RunAsync(100, 1, i => local.WriteDurablyAsync($"large-{i}", large)),
            100);
        foreach (var concurrency in (int[])[1, 16])
        {
            await report.CompareAsync(
                $"durable put 4 KiB, {concurrency} at a time",
                "op",
                1600,
                () => Load.RunAsync(1600, concurrency, i => local.Bucket.PutAsync($"small-{i}", small)),
                () => Load.RunAsync(1600, concurrency, i => local.WriteDurablyAsync($"small-{i}", small)),
                1600);
        }
    }
}
