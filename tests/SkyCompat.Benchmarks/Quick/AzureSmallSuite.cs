using Azure.Storage.Blobs;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Small objects beside the raw SDK.</summary>
internal sealed class AzureSmallSuite : IQuickSuite
{
    public string Name => "azure-small";

    public string Description => "Azure get and put of 4 KiB and 64 KiB, concurrency 1 and 32, beside raw Azure.Storage.Blobs; puts with MD5, and both with CRC-64";

    public async Task RunAsync(QuickReport report)
    {
        await using var azure = await AzureTarget.OpenAsync();
        await using var md5 = await AzureTarget.OpenAsync("Md5");
        foreach (var size in (int[])[4 << 10, 64 << 10])
        {
            var body = new byte[size];
            Random.Shared.NextBytes(body);
            await azure.Bucket.PutAsync("small", body);
            var blob = azure.Sdk.GetBlobClient("small");
            foreach (var concurrency in (int[])[1, 32])
            {
                var operations = concurrency == 1 ? 100 : 640;
                var title = $"{size >> 10} KiB, {concurrency} at a time";
                await report.CompareAsync($"get {title}", "op", operations, () => Load.RunAsync(operations, concurrency, _ => OurGetAsync(azure)), () => Load.RunAsync(operations, concurrency, _ => SdkGetAsync(blob)), operations);
                Task OurPutsAsync(AzureTarget target) => Load.RunAsync(operations, concurrency, i => target.Bucket.PutAsync($"ours-{i}", body));
                await report.CompareAsync($"put {title}, ours with MD5", "op", operations, () => OurPutsAsync(md5), () => Load.RunAsync(operations, concurrency, i => SdkPutAsync(azure, $"sdk-{i}", body)), operations);
                await report.CompareAsync(
                    $"put {title}, both with CRC-64", "op", operations, () => OurPutsAsync(azure), () => Load.RunAsync(operations, concurrency, i => SdkPutCheckedAsync(azure, $"sdk-{i}", body)), operations);
            }
        }
    }

    private static async Task OurGetAsync(AzureTarget azure)
    {
        await using var content = await azure.Bucket.GetAsync("small");
        await content.CopyToAsync(Stream.Null);
    }

    private static async Task SdkGetAsync(BlobClient blob)
    {
        using var response = (await blob.DownloadStreamingAsync()).Value;
        await response.Content.CopyToAsync(Stream.Null);
    }

    private static async Task SdkPutAsync(AzureTarget azure, string key, byte[] body)
    {
        using var stream = new MemoryStream(body);
        await azure.Sdk.GetBlobClient(key).UploadAsync(stream, overwrite: true);
    }

    /// <summary>With the CRC-64 that every put of ours sends.</summary>
    private static async Task SdkPutCheckedAsync(AzureTarget azure, string key, byte[] body)
    {
        using var stream = new MemoryStream(body);
        using (BodyChecksumPolicy.Send(body))
        {
            await azure.Sdk.GetBlobClient(key).UploadAsync(stream, overwrite: true);
        }
    }
}
