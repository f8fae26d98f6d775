namespace SkyCompat.Benchmarks.Quick;

/// <summary>Finds suites by name and runs them.</summary>
internal static class QuickRunner
{
    private static readonly IQuickSuite[] Suites =
    [
        new S3SmallSuite(),
        new S3LargeSuite(),
        new StreamSuite("s3-stream", "S3", 4, async () => await S3Target.OpenAsync()),
        new AzureSmallSuite(),
        new AzureLargeSuite(),
        new StreamSuite("azure-stream", "Azure", 1, async () => await AzureTarget.OpenAsync()),
        new GcsSmallSuite(),
        new GcsLargeSuite(),
        new StreamSuite("gcs-stream", "Cloud Storage", 1, async () => await GcsTarget.OpenAsync()),
        new OssSmallSuite(),
        new OssLargeSuite(),
        new StreamSuite("oss-stream", "OSS", 1, async () => await OssTarget.OpenAsync()),
        new TransferSuite(isLarge: false, isBetweenClouds: false),
        new TransferSuite(isLarge: false, isBetweenClouds: true),
        new TransferSuite(isLarge: true, isBetweenClouds: false),
        new TransferSuite(isLarge: true, isBetweenClouds: true),
        new TransferSyncSuite(),
        new PlacementSuite(),
        new ClusterAccessSuite(),
        new LocalSuite(),
        new LocalListSuite(),
    ];

    public static async Task<int> RunAsync(string[] names)
    {
        var chosen = Suites.Where(suite => names.Contains(suite.Name, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (chosen.Length == 0 || chosen.Length != names.Length)
        {
            await Console.Error.WriteLineAsync("Usage: quick NAME…\n" + string.Join('\n', Suites.Select(suite => $"  {suite.Name,-21} {suite.Description}")));
            return 2;
        }

        foreach (var suite in chosen)
        {
            Console.WriteLine($"# {suite.Name}: {suite.Description}");
            await suite.RunAsync(new QuickReport());
        }

        return 0;
    }
}
