using Amazon.S3.Model;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Small objects beside the raw SDK.</summary>
internal sealed class S3SmallSuite : IQuickSuite
{
    public string Name => "s3-small";

    public string Description => "S3 get and put of 4 KiB and 64 KiB, concurrency 1 and 32, beside raw AWSSDK.S3";

    public async Task RunAsync(QuickReport report)
    {
        await using var s3 = await S3Target.OpenAsync();
        foreach (var size in (int[])[4 << 10, 64 << 10])
        {
            var body = new byte[size];
            Random.Shared.NextBytes(body);
            await s3.Bucket.PutAsync("small", body);
            foreach (var concurrency in (int[])[1, 32])
            {
                var operations = concurrency == 1 ? 100 : 640;
                var title = $"{size >> 10} KiB, {concurrency} at a time";
                await report.CompareAsync($"get {title}", "op", operations, () => Load.RunAsync(operations, concurrency, _ => OurGetAsync(s3)), () => Load.RunAsync(operations, concurrency, _ => SdkGetAsync(s3)), operations);
                await report.CompareAsync(
                    $"put {title}",
                    "op",
                    operations,
                    () => Load.RunAsync(operations, concurrency, i => s3.Bucket.PutAsync($"ours-{i}", body)),
                    () => Load.RunAsync(operations, concurrency, i => SdkPutAsync(s3, $"sdk-{i}", body)),
                    operations);
            }
        }
    }

    private static async Task OurGetAsync(S3Target s3)
    {
        await using var content = await s3.Bucket.GetAsync("small");
        await content.CopyToAsync(Stream.Null);
    }

    private static async Task SdkGetAsync(S3Target s3)
    {
        using var response = await s3.Sdk.GetObjectAsync(s3.BucketName, "small");
        await response.ResponseStream.CopyToAsync(Stream.Null);
    }

    private static async Task SdkPutAsync(S3Target s3, string key, byte[] body)
    {
        using var stream = new MemoryStream(body);
        await s3.Sdk.PutObjectAsync(new PutObjectRequest { BucketName = s3.BucketName, Key = key, InputStream = stream });
    }
}
