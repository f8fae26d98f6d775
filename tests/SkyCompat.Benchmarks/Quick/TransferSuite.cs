using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>Copies beside rclone and the AWS command line, each a process of its own on the same servers and files.</summary>
/// <param name="isLarge">One object of 2 GiB instead of 10,000 of 16 KiB.</param>
/// <param name="isBetweenClouds">Between Ceph and Azurite instead of between a folder and Ceph.</param>
internal sealed class TransferSuite(bool isLarge, bool isBetweenClouds) : IQuickSuite
{
    private const int SmallObjects = 10_000;
    private const int SmallBytes = 16 << 10;
    private const long LargeBytes = 2L << 30;
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_ROUNDS") ?? "3", CultureInfo.InvariantCulture);

    /// <summary>What Ceph takes to give the bytes of deleted objects back: its store holds 8 GiB.</summary>
    private static readonly TimeSpan CephForgets = TimeSpan.FromSeconds(10);

    // What was best for rclone of 8, 16, 32, 64 and 128 transfers, and of 4, 8 and 16 streams, on two cores.
    private static readonly string[] RcloneFlags =
        ["--transfers", "32", "--checkers", "32", "--no-traverse", "--s3-no-check-bucket", "--s3-upload-concurrency", "8", "--s3-chunk-size", "16M", "--azureblob-upload-concurrency", "8", "--azureblob-chunk-size", "16M", "--multi-thread-streams", "8", "--buffer-size", "16M"];

    public string Name => $"transfer-{(isLarge ? "large" : "small")}-{(isBetweenClouds ? "azure" : "folder")}";

    public string Description => $"Copies of {(isLarge ? "one object of 2 GiB" : "10,000 objects of 16 KiB")}: {(isBetweenClouds ? "Ceph to Azurite and back beside rclone" : "a folder to Ceph and back beside rclone and aws")}";

    private string Kind => isLarge ? "large" : "small";

    /// <summary>The tool as it is published, an assembly or a native program, if its place is given; otherwise as it was built beside this.</summary>
    private static string Skyc => Environment.GetEnvironmentVariable("SKYCOMPAT_BENCH_SKYC") ?? Path.Combine(AppContext.BaseDirectory, "skyc.dll");

    private static bool IsAssembly => Skyc.EndsWith(".dll", StringComparison.Ordinal);

    public async Task RunAsync(QuickReport report)
    {
        await using var s3 = await S3Target.OpenAsync();
        await using var azure = await AzureTarget.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("skycompat-bench-").FullName;
        try
        {
            var files = Path.Combine(folder, "files");
            WriteFiles(files);
            var (inCeph, inAzure) = ($"s3:{s3.BucketName}/files/", $"azure:{azure.BucketName}/files/");
            if (isBetweenClouds)
            {
                await CopyBySkycAsync(files, inCeph, s3, azure);
                await CompareAsync(report, "Ceph to Azurite", inCeph, $"azure:{azure.BucketName}/to", s3, azure, withAws: false);
                await CopyBySkycAsync(inCeph, inAzure, s3, azure);
                await ClearAsync(inCeph, s3, azure);
                await CompareAsync(report, "Azurite to Ceph", inAzure, $"s3:{s3.BucketName}/to", s3, azure, withAws: false);
            }
            else
            {
                await CompareAsync(report, "folder to Ceph", files, $"s3:{s3.BucketName}/to", s3, azure, withAws: true);
                await CopyBySkycAsync(files, inCeph, s3, azure);
                await CompareAsync(report, "Ceph to folder", inCeph, Path.Combine(folder, "to"), s3, azure, withAws: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void WriteFiles(string folder)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        var bytes = new byte[isLarge ? 16 << 20 : SmallBytes];
        for (var i = 0; i < SmallObjects && !isLarge; i++)
        {
            random.NextBytes(bytes);
            var path = Path.Combine(folder, $"{i % 100:d2}", $"{i:d5}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        if (isLarge)
        {
            using var file = File.Create(Path.Combine(folder, "object"));
            for (long written = 0; written < LargeBytes; written += bytes.Length)
            {
                random.NextBytes(bytes);
                file.Write(bytes);
            }
        }
    }

    /// <summary>Each run copies to a place of its own: a file system, and Azurite, are slow for a while where much was just deleted.</summary>
    private async Task CompareAsync(QuickReport report, string measure, string from, string to, S3Target s3, AzureTarget azure, bool withAws)
    {
        (string Name, Func<string, Task<(double Seconds, double PeakMegabytes)>> Copy)[] tools =
        [
            ("skyc", place => CopyBySkycAsync(from, place, s3, azure)),
            ("rclone", place => Tool.RunAsync("rclone", ["copy", ToRclone(from), ToRclone(place), .. RcloneFlags], s3.RcloneSettings.Concat(azure.RcloneSettings).ToDictionary(StringComparer.Ordinal))),
            ("aws", place => Tool.RunAsync("aws", ["s3", "cp", "--recursive", "--quiet", "--endpoint-url", s3.Endpoint, ToAws(from), ToAws(place)], s3.AwsSettings)),
        ];
        var runs = tools[..(withAws && Tool.Exists("aws") ? 3 : 2)].ToDictionary(tool => tool.Name, _ => new List<(double Seconds, double PeakMegabytes)>(), StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            // Each is first as often as the others can be.
            foreach (var tool in Enumerable.Range(0, runs.Count).Select(i => tools[(i + round) % runs.Count]))
            {
                var place = $"{to}-{tool.Name}-{round}/";
                runs[tool.Name].Add(await tool.Copy(place));
                if (isLarge)
                {
                    await ClearAsync(place, s3, azure);
                }
            }
        }

        var (work, unit) = isLarge ? (LargeBytes / 1e6, "MB") : (SmallObjects, "object");
        var ours = Median(runs["skyc"]);
        foreach (var (name, peer) in runs.Where(run => run.Key is not "skyc"))
        {
            report.Compare($"{measure}, {Kind}, beside {name}", unit, work, ours.Seconds, Median(peer).Seconds);
            report.Compare("  peak memory of the process", ours.PeakMegabytes, Median(peer).PeakMegabytes, "MB");
        }
    }

    private static Task<(double Seconds, double PeakMegabytes)> CopyBySkycAsync(string from, string to, S3Target s3, AzureTarget azure) =>
        Tool.RunAsync(IsAssembly ? "dotnet" : Skyc, [.. IsAssembly ? [Skyc] : Array.Empty<string>(), "cp", "-r", "--quiet", from, to], s3.Settings.Concat(azure.Settings).ToDictionary(StringComparer.Ordinal));

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
        if (cloud is "s3")
        {
            await Task.Delay(CephForgets);
        }
    }
}
