using Amazon.S3.Model;
using Amazon.S3.Transfer;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Large objects beside the raw SDK, its TransferUtility and a plain HTTP client on a signed URL.</summary>
internal sealed class S3LargeSuite : IQuickSuite
{
    private const int Size = 256 << 20;
    private const double Megabytes = Size / 1e6;

    public string Name => "s3-large";

    public string Description => "S3 up- and download of 256 MiB, beside GetObject/PutObject, TransferUtility and plain HttpClient on a signed URL";

    public async Task RunAsync(QuickReport report)
    {
        await using var s3 = await S3Target.OpenAsync();
        var body = new byte[Size];
        Random.Shared.NextBytes(body);
        await s3.Bucket.PutAsync("large", body);
        using (var whole = new MemoryStream(body))
        {
            await s3.Sdk.PutObjectAsync(new PutObjectRequest { BucketName = s3.BucketName, Key = "whole", InputStream = whole });
        }

        using var transfer = new TransferUtility(s3.Sdk);
        var getUrl = await s3.SignAsync("large", SignedMethod.Get);
        var putUrl = await s3.SignAsync("plain", SignedMethod.Put);
        var options = new GetOptions { Concurrency = 4 };

        async Task DownloadAsync(string key)
        {
            await using var content = await s3.Bucket.GetAsync(key, options);
            await content.CopyToAsync(Stream.Null);
        }

        async Task SdkDownloadAsync(string key)
        {
            using var response = await s3.Sdk.GetObjectAsync(s3.BucketName, key);
            await response.ResponseStream.CopyToAsync(Stream.Null);
        }

        Task UploadAsync() => s3.Bucket.PutAsync("ours", body);

        // The tag of an object of one PUT is its MD5, which the SDK checks while it reads; that of an object of many parts is not.
        await report.CompareAsync("download beside GetObject, object of one PUT", "MB", Megabytes, () => DownloadAsync("whole"), () => SdkDownloadAsync("whole"));
        await report.CompareAsync("download beside GetObject, object of parts", "MB", Megabytes, () => DownloadAsync("large"), () => SdkDownloadAsync("large"));
        var file = Path.Combine(Path.GetTempPath(), $"skycompat-bench-{Guid.NewGuid():N}");
        try
        {
            await report.CompareAsync(
                "download to file beside TransferUtility",
                "MB",
                Megabytes,
                () => s3.Bucket.DownloadFileAsync("large", file),
                () => transfer.DownloadAsync(new TransferUtilityDownloadRequest { BucketName = s3.BucketName, Key = "large", FilePath = file }));
        }
        finally
        {
            File.Delete(file);
        }

        await report.CompareAsync("download beside HttpClient on signed URL", "MB", Megabytes, () => DownloadAsync("large"), async () =>
        {
            using var response = await s3.Http.GetAsync(getUrl, HttpCompletionOption.ResponseHeadersRead);
            await response.Content.CopyToAsync(Stream.Null);
        });
        await report.CompareAsync("upload beside PutObject", "MB", Megabytes, UploadAsync, async () =>
        {
            using var stream = new MemoryStream(body);
            await s3.Sdk.PutObjectAsync(new PutObjectRequest { BucketName = s3.BucketName, Key = "sdk", InputStream = stream });
        });
        await report.CompareAsync("upload beside TransferUtility", "MB", Megabytes, UploadAsync, async () =>
        {
            using var stream = new MemoryStream(body);
            await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = s3.BucketName, Key = "transfer", InputStream = stream });
        });
        await report.CompareAsync("upload beside HttpClient on signed URL", "MB", Megabytes, UploadAsync, async () =>
        {
            using var content = new ByteArrayContent(body);
            using var response = await s3.Http.PutAsync(putUrl, content);
            response.EnsureSuccessStatusCode();
        });
    }
}
