using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Copies beside rclone and the AWS command line, each a process of its own on the same servers and files.</summary>
internal sealed class TransferSuite : IQuickSuite
{
    private const int SmallObjects = 10_000;
    private const int SmallBytes = 16 << 10;
    private const long LargeBytes = 2L << 30;
    private const int Rounds = 3;

    // What was best for rclone of 8, 16, 32, 64 and 128 transfers, and of 4, 8 and 16 streams, on two cores.
    private static readonly string[] RcloneFlags =
        ["--transfers", "32", "--checkers", "32", "--no-traverse", "--s3-no-check-bucket", "--s3-upload-concurrency", "8", "--s3-chunk-size", "16M", "--azureblob-upload-concurrency", "8", "--azureblob-chunk-size", "16M", "--multi-thread-streams", "8", "--buffer-size", "16M"];

    public string Name => "transfer";

    public string Description => "Copies of 10,000 objects of 16 KiB and of one of 2 GiB: Ceph to Azurite and back by skyc beside rclone, a folder to Ceph and back beside rclone and aws";

    public async Task RunAsync(QuickReport report)
    {
        await using var s3 = await S3Target.OpenAsync();
        await using var azure = await AzureTarget.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("skycompat-bench-").FullName;
        try
        {
            var (small, large) = (Path.Combine(folder, "small"), Path.Combine(folder, "large"));
            WriteFiles(small, large);
            foreach (var (kind, path) in ((string, string)[])[("small", small), ("large", large)])
            {
                var work = kind is "small" ? SmallObjects : LargeBytes / 1e6;
                var unit = kind is "small" ? "object" : "MB";
                await CompareAsync(report, $"folder to Ceph, {kind}", unit, work, path, $"s3:{s3.BucketName}/{kind}/", s3, azure, withAws: true);
                await CompareAsync(report, $"Ceph to folder, {kind}", unit, work, $"s3:{s3.BucketName}/{kind}/", Path.Combine(folder, "back", kind), s3, azure, withAws: true);
                await CompareAsync(report, $"Ceph to Azurite, {kind}", unit, work, $"s3:{s3.BucketName}/{kind}/", $"azure:{azure.BucketName}/{kind}/", s3, azure, withAws: false);
                await CompareAsync(report, $"Azurite to Ceph, {kind}", unit, work, $"azure:{azure.BucketName}/{kind}/", $"s3:{s3.BucketName}/from-azure-{kind}/", s3, azure, withAws: false);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteFiles(string small, string large)
    {
        Directory.CreateDirectory(small);
        Directory.CreateDirectory(large);
        var random = new Random(1);
        var bytes = new byte[16 << 20];
        for (var i = 0; i < SmallObjects; i++)
        {
            random.NextBytes(bytes.AsSpan(0, SmallBytes));
            var path = Path.Combine(small, $"{i % 100:d2}", $"{i:d5}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes.AsSpan(0, SmallBytes));
        }

        using var file = File.Create(Path.Combine(large, "object"));
        for (long written = 0; written < LargeBytes; written += bytes.Length)
        {
            random.NextBytes(bytes);
            file.Write(bytes);
        }
    }

    private static async Task CompareAsync(QuickReport report, string measure, string unit, double work, string from, string to, S3Target s3, AzureTarget azure, bool withAws)
    {
        var ours = new List<(double Seconds, double PeakMegabytes)>();
        var rclone = new List<(double Seconds, double PeakMegabytes)>();
        var aws = new List<(double Seconds, double PeakMegabytes)>();
        for (var round = 0; round < Rounds; round++)
        {
            await ClearAsync(to, s3, azure);
            ours.Add(await Tool.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "skyc.dll"), "cp", "-r", "--quiet", from, to], s3.Settings.Concat(azure.Settings).ToDictionary(StringComparer.Ordinal)));
            await ClearAsync(to, s3, azure);
            rclone.Add(await Tool.RunAsync("rclone", ["copy", ToRclone(from), ToRclone(to), .. RcloneFlags], s3.RcloneSettings.Concat(azure.RcloneSettings).ToDictionary(StringComparer.Ordinal)));
            if (withAws && Tool.Exists("aws"))
            {
                await ClearAsync(to, s3, azure);
                aws.Add(await Tool.RunAsync("aws", ["s3", "cp", "--recursive", "--quiet", "--endpoint-url", s3.Endpoint, ToAws(from), ToAws(to)], s3.AwsSettings));
            }
        }

        report.Compare($"{measure} beside rclone", unit, work, Median(ours).Seconds, Median(rclone).Seconds);
        report.Compare("  peak memory of the process", Median(ours).PeakMegabytes, Median(rclone).PeakMegabytes, "MB");
        if (aws.Count > 0)
        {
            report.Compare($"{measure} beside aws s3 cp", unit, work, Median(ours).Seconds, Median(aws).Seconds);
        }
    }

    private static (double Seconds, double PeakMegabytes) Median(List<(double Seconds, double PeakMegabytes)> runs) =>
        (runs.Select(run => run.Seconds).Order().ElementAt(runs.Count / 2), runs.Select(run => run.PeakMegabytes).Order().ElementAt(runs.Count / 2));

    private static string ToRclone(string place) => place.TrimEnd('/');

    private static string ToAws(string place) => place.StartsWith("s3:", StringComparison.Ordinal) ? $"s3://{place[3..]}" : place;

    private static async Task ClearAsync(string place, S3Target s3, AzureTarget azure)
    {
        if (place.Split(':', 2) is not [var cloud, var rest])
        {
            if (Directory.Exists(place))
            {
                Directory.Delete(place, recursive: true);
            }

            return;
        }

        var bucket = cloud is "s3" ? s3.Bucket : azure.Bucket;
        await bucket.DeleteManyAsync(bucket.ListAsync(new ListOptions { Prefix = rest.Split('/', 2)[1] }).Select(entry => entry.Key)).LastOrDefaultAsync();
    }
}
