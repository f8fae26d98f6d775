using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Large objects beside a plain HTTP client, and the ways to write them beside each other.</summary>
internal sealed class GcsLargeSuite : IQuickSuite
{
    private const int Size = 256 << 20;
    private const double Megabytes = Size / 1e6;

    public string Name => "gcs-large";

    public string Description => "Cloud Storage up- and download of 256 MiB, beside plain HttpClient; uploads in parts, in one session and under a condition";

    public async Task RunAsync(QuickReport report)
    {
        await using var gcs = await GcsTarget.OpenAsync();
        var body = new byte[Size];
        Random.Shared.NextBytes(body);
        await gcs.Bucket.PutAsync("large", body);
        var parallel = new GetOptions { Concurrency = 4 };
        var session = new PutOptions { PartSizeBytes = Size };
        var condition = new PutOptions { Condition = WriteCondition.MustNotExist };

        async Task DownloadAsync()
        {
            await using var content = await gcs.Bucket.GetAsync("large", parallel);
            await content.CopyToAsync(Stream.Null);
        }

        async Task UploadConditionallyAsync()
        {
            await gcs.Bucket.DeleteAsync("once");
            await gcs.Bucket.PutAsync("once", body, condition);
        }

        Task UploadAsync() => gcs.Bucket.PutAsync("ours", body);
        Task PlainUploadAsync() => gcs.PlainPutAsync("plain", body);

        await report.CompareAsync("download beside HttpClient", "MB", Megabytes, DownloadAsync, () => gcs.PlainGetAsync("large"));
        await report.CompareAsync("upload in parts beside HttpClient", "MB", Megabytes, UploadAsync, PlainUploadAsync);
        await report.CompareAsync("upload in parts beside one session", "MB", Megabytes, UploadAsync, () => gcs.Bucket.PutAsync("session", body, session));
        await report.CompareAsync("conditional upload beside unconditional", "MB", Megabytes, UploadConditionallyAsync, UploadAsync);
    }
}
