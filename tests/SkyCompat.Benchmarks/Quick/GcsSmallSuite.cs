namespace SkyCompat.Benchmarks.Quick;

/// <summary>Small objects beside a plain HTTP client.</summary>
internal sealed class GcsSmallSuite : IQuickSuite
{
    public string Name => "gcs-small";

    public string Description => "Cloud Storage get and put of 4 KiB and 64 KiB, concurrency 1 and 32, beside plain HttpClient";

    public async Task RunAsync(QuickReport report)
    {
        await using var gcs = await GcsTarget.OpenAsync();
        foreach (var size in (int[])[4 << 10, 64 << 10])
        {
            var body = new byte[size];
            Random.Shared.NextBytes(body);
            await gcs.Bucket.PutAsync("small", body);
            foreach (var concurrency in (int[])[1, 32])
            {
                var operations = concurrency == 1 ? 400 : 1600;
                var title = $"{size >> 10} KiB, {concurrency} at a time";
                await report.CompareAsync(
                    $"get {title}", "op", operations, () => Load.RunAsync(operations, concurrency, _ => GetAsync(gcs)), () => Load.RunAsync(operations, concurrency, _ => gcs.PlainGetAsync("small")), operations);
                await report.CompareAsync(
                    $"put {title}",
                    "op",
                    operations,
                    () => Load.RunAsync(operations, concurrency, i => gcs.Bucket.PutAsync($"ours-{i}", body)),
                    () => Load.RunAsync(operations, concurrency, i => gcs.PlainPutAsync($"plain-{i}", body)),
                    operations);
            }
        }
    }

    private static async Task GetAsync(GcsTarget gcs)
    {
        await using var content = await gcs.Bucket.GetAsync("small");
        await content.CopyToAsync(Stream.Null);
    }
}
