using Spectre.Console;

namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc bench</c></summary>
internal sealed class BenchCommand : SkycCommand
{
    private const long MaxBytes = 1L << 30;

    private readonly Argument<string> _name = NameArguments.One("NAME", "A bucket or folder to write to.");
    private readonly Option<int> _count = new("--count", "-c") { Description = "How many objects.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<string> _size = new("--size", "-s") { Description = "The size of each, up to 1GiB; held in memory.", HelpName = "SIZE", DefaultValueFactory = _ => "1MiB" };
    private readonly Option<int> _concurrency = new("--concurrency") { Description = "How many at a time.", HelpName = "N", DefaultValueFactory = _ => 8 };

    public BenchCommand()
        : base("bench", "Measures a place: writes objects of random bytes under a name of their own, reads them, deletes them, and prints throughput and latencies.", "bench r2:scratch", "bench @media/bench/ --count 1000 --size 16KiB --concurrency 32", "bench --json r2:scratch | jq .get.bytesPerSecond")
    {
        NumberRule.Require(_count, 1, 1_000_000);
        NumberRule.Require(_concurrency, 1, 1024);

        Add(_name);
        Add(_count);
        Add(_size);
        Add(_concurrency);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var size = ByteSize.Parse(context.Get(_size)!);
        if (size > MaxBytes)
        {
            throw new UsageException($"--size is held in memory and must be at most {ByteSize.Format(MaxBytes)}.");
        }

        var place = context.Resolve(context.Get(_name)!);
        var bucket = place.RequireBucket();
        var body = new byte[size];
        Random.Shared.NextBytes(body);
        var run = new BenchRun(bucket, $"{place.FolderPrefix}skyc-bench-{Guid.NewGuid():N}/", context.Get(_count), body, context.Get(_concurrency), context.Time);
        var left = 0;
        try
        {
            context.Output.Note($"{Count.Of(context.Get(_count), "object")} of {ByteSize.Format(size)}, {context.Get(_concurrency)} at a time, to {place}");
            await run.RunAsync(cancellationToken);
        }
        finally
        {
            left = run.Put.Count + run.Put.Failed > 0 ? await run.CleanUpAsync() : 0;
        }

        Print(context.Output, run, size);
        foreach (var error in new[] { run.Put.FirstError, run.Get.FirstError }.OfType<CloudException>())
        {
            context.Output.Fail($"failed  {error.Message}", ExitCode.Failed, error);
        }

        if (left > 0)
        {
            context.Output.Fail($"{left} objects could not be deleted; `skyc rm -r` does it later.", ExitCode.Failed);
        }

        return run.Put.Failed + run.Get.Failed + left > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(CliOutput output, BenchRun run, long size)
    {
        BenchSeries[] all = [run.Put, run.Get];
        if (output.IsJson)
        {
            var document = new JsonObject { ["type"] = "bench", ["size"] = size };
            foreach (var series in all)
            {
                document[series.Name] = Json(series, size);
            }

            output.Json(document);
            return;
        }

        var table = new Table();
        foreach (var header in (string[])["", "objects", "time", "rate", "objects/s", "p50 ms", "p90 ms", "p99 ms", "max ms", "failed"])
        {
            table.AddColumn(new TableColumn(header) { Alignment = header.Length == 0 ? Justify.Left : Justify.Right });
        }

        foreach (var series in all)
        {
            var seconds = Math.Max(series.Elapsed.TotalSeconds, 1e-9);
            string[] cells =
            [
                series.Name, Number(series.Count, "N0"), $"{Number(seconds, "N2")} s", $"{ByteSize.Format(series.Count * size / seconds)}/s", Number(series.Count / seconds, "N1"),
                Number(series.Percentile(50), "N1"), Number(series.Percentile(90), "N1"), Number(series.Percentile(99), "N1"), Number(series.Percentile(100), "N1"), Number(series.Failed, "N0"),
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        output.Table(table);
    }

    private static JsonObject Json(BenchSeries series, long size)
    {
        var seconds = Math.Max(series.Elapsed.TotalSeconds, 1e-9);
        return new JsonObject
        {
            ["objects"] = series.Count,
            ["failed"] = series.Failed,
            ["seconds"] = Math.Round(seconds, 4),
            ["bytesPerSecond"] = Math.Round(series.Count * size / seconds),
            ["objectsPerSecond"] = Math.Round(series.Count / seconds, 2),
            ["p50Milliseconds"] = Math.Round(series.Percentile(50), 3),
            ["p90Milliseconds"] = Math.Round(series.Percentile(90), 3),
            ["p99Milliseconds"] = Math.Round(series.Percentile(99), 3),
            ["maxMilliseconds"] = Math.Round(series.Percentile(100), 3),
        };
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
