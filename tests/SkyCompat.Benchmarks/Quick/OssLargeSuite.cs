using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Large objects beside a plain HTTP client on signed URLs.</summary>
internal sealed class OssLargeSuite : IQuickSuite
{
    private const int Size = 256 << 20;
    private const double Megabytes = Size / 1e6;

    public string Name => "oss-large";

    public string Description => "OSS up- and download of 256 MiB, beside plain HttpClient on signed URLs";

    public async Task RunAsync(QuickReport report)
    {
        await using var oss = await OssTarget.OpenAsync();
        var body = new byte[Size];
        Random.Shared.NextBytes(body);
        await oss.Bucket.PutAsync("large", body);
        var parallel = new GetOptions { Concurrency = 4 };
        var get = await oss.SignAsync("large", SignedMethod.Get);
        var put = await oss.SignAsync("plain", SignedMethod.Put);

        await report.CompareAsync(
            "download beside HttpClient on signed URL",
            "MB",
            Megabytes,
            async () =>
            {
                await using var content = await oss.Bucket.GetAsync("large", parallel);
                await content.CopyToAsync(Stream.Null);
            },
            () => oss.PlainGetAsync(get));
        await report.CompareAsync("upload beside HttpClient on signed URL", "MB", Megabytes, () => oss.Bucket.PutAsync("ours", body), () => oss.PlainPutAsync(put, body));
    }
}
