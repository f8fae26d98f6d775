using Azure.Storage;
using Azure.Storage.Blobs.Models;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Large objects beside the raw SDK's own parallel transfer, with the same number of ranges or blocks at a time and of the same size.</summary>
internal sealed class AzureLargeSuite : IQuickSuite
{
    private const int Size = 256 << 20;
    private const double Megabytes = Size / 1e6;

    public string Name => "azure-large";

    public string Description => "Azure up- and download of 256 MiB, beside the parallel transfer of raw Azure.Storage.Blobs";

    public async Task RunAsync(QuickReport report)
    {
        await using var azure = await AzureTarget.OpenAsync();
        var body = new byte[Size];
        Random.Shared.NextBytes(body);
        await azure.Bucket.PutAsync("large", body);
        var options = new GetOptions { Concurrency = 4 };
        var transfer = new StorageTransferOptions { MaximumConcurrency = 4, MaximumTransferSize = 8 << 20, InitialTransferSize = 8 << 20 };
        var large = azure.Sdk.GetBlobClient("large");

        await report.CompareAsync(
            "download beside DownloadStreaming",
            "MB",
            Megabytes,
            async () =>
            {
                await using var content = await azure.Bucket.GetAsync("large", options);
                await content.CopyToAsync(Stream.Null);
            },
            async () =>
            {
                using var response = (await large.DownloadStreamingAsync()).Value;
                await response.Content.CopyToAsync(Stream.Null);
            });
        var file = Path.Combine(Path.GetTempPath(), $"skycompat-bench-{Guid.NewGuid():N}");
        try
        {
            await report.CompareAsync(
                "download to file beside DownloadTo",
                "MB",
                Megabytes,
                () => azure.Bucket.DownloadFileAsync("large", file),
                () => large.DownloadToAsync(file, new BlobDownloadToOptions { TransferOptions = transfer }));
        }
        finally
        {
            File.Delete(file);
        }

        await report.CompareAsync("upload beside parallel Upload", "MB", Megabytes, () => azure.Bucket.PutAsync("ours", body), async () =>
        {
            using var stream = new MemoryStream(body);
            await azure.Sdk.GetBlobClient("sdk").UploadAsync(stream, new BlobUploadOptions { TransferOptions = transfer });
        });
    }
}
