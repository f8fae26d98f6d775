using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Small objects beside a plain HTTP client on signed URLs.</summary>
internal sealed class OssSmallSuite : IQuickSuite
{
    public string Name => "oss-small";

    public string Description => "OSS get and put of 4 KiB and 64 KiB, concurrency 1 and 32, beside plain HttpClient on signed URLs";

    public async Task RunAsync(QuickReport report)
    {
        await using var oss = await OssTarget.OpenAsync();
        foreach (var size in (int[])[4 << 10, 64 << 10])
        {
            var body = new byte[size];
            Random.Shared.NextBytes(body);
            await oss.Bucket.PutAsync("small", body);
            var get = await oss.SignAsync("small", SignedMethod.Get);
            foreach (var concurrency in (int[])[1, 32])
            {
                var operations = concurrency == 1 ? 400 : 1600;
                var title = $"{size >> 10} KiB, {concurrency} at a time";
                var puts = await Task.WhenAll(Enumerable.Range(0, operations).Select(i => oss.SignAsync($"plain-{i}", SignedMethod.Put)));
                await report.CompareAsync(
                    $"get {title}", "op", operations, () => Load.RunAsync(operations, concurrency, _ => GetAsync(oss)), () => Load.RunAsync(operations, concurrency, _ => oss.PlainGetAsync(get)), operations);
                await report.CompareAsync(
                    $"put {title}",
                    "op",
                    operations,
                    () => Load.RunAsync(operations, concurrency, i => oss.Bucket.PutAsync($"ours-{i}", body)),
                    () => Load.RunAsync(operations, concurrency, i => oss.PlainPutAsync(puts[i], body)),
                    operations);
            }
        }
    }

    private static async Task GetAsync(OssTarget oss)
    {
        await using var content = await oss.Bucket.GetAsync("small");
        await content.CopyToAsync(Stream.Null);
    }
}
