using System.Diagnostics;
using System.Globalization;
using SkyCompat;
using SkyCompat.ObjectStorage;

namespace WriteOnce;

/// <summary>A check found something else than it should have.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);

/// <summary>Counts what a step has done so far; safe for use by many tasks.</summary>
internal sealed class Meter
{
    private long _items;
    private long _bytes;

    public long Items => Interlocked.Read(ref _items);

    public long Bytes => Interlocked.Read(ref _bytes);

    public void AddItems(long count) => Interlocked.Add(ref _items, count);

    public void AddBytes(long count) => Interlocked.Add(ref _bytes, count);

    /// <summary>A listener for one transfer, which is told each time how many bytes there are so far.</summary>
    public IProgress<long> Transfer() => new Listener(this);

    private sealed class Listener(Meter meter) : IProgress<long>
    {
        private long _last;

        public void Report(long value) => meter.AddBytes(value - Interlocked.Exchange(ref _last, value));
    }
}

/// <summary>Runs steps and prints a row for each. While one runs, its progress is a line that is redrawn on a terminal, and a plain line now and then elsewhere.</summary>
internal sealed class Report
{
    private readonly bool _live = !Console.IsOutputRedirected;
    private readonly Stopwatch _total = Stopwatch.StartNew();

    public Report() => Print("\nStep", "Items", "Bytes", "Time", "Rate", "Result");

    public int Failures { get; private set; }

    /// <summary>Runs a step, which returns what is worth noting; not if the cloud lacks something that it needs.</summary>
    /// <returns>False if it failed.</returns>
    public async Task<bool> RunAsync(string step, Func<Meter, Task<string>> run, BucketFeatures lacking = BucketFeatures.None)
    {
        if (lacking is not BucketFeatures.None)
        {
            Print(step, "-", "", "", "", $"not offered by this cloud ({lacking})");
            return true;
        }

        var meter = new Meter();
        string Progress() => string.Create(CultureInfo.InvariantCulture, $"{step}: {meter.Items:N0} done, {Size(meter.Bytes)}");
        var watch = Stopwatch.StartNew();
        var interval = _live ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(10);
        string? failure = null;
        var note = "";
        await using (new Timer(_ => Console.Write(_live ? $"\r{Progress()}\e[K" : $"{Progress()}\n"), null, interval, interval))
        {
            try
            {
                note = await run(meter);
            }
            catch (Exception exception) when (exception is CheckFailedException or CloudException or IOException or UnauthorizedAccessException or HttpRequestException)
            {
                failure = exception.Message;
                Failures++;
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        Console.Write(_live ? "\r\e[K" : "");
        Print(
            step,
            meter.Items.ToString("N0", CultureInfo.InvariantCulture),
            meter.Bytes > 0 ? Size(meter.Bytes) : "",
            seconds.ToString("N2", CultureInfo.InvariantCulture) + " s",
            meter.Bytes > 0 ? Size(meter.Bytes / seconds) + "/s" : meter.Items > 1 ? (meter.Items / seconds).ToString("N0", CultureInfo.InvariantCulture) + "/s" : "",
            failure is null ? $"ok{(note.Length > 0 ? ": " : "")}{note}" : $"FAILED: {failure}");
        return failure is null;
    }

    public void Finish(bool interrupted)
    {
        using var process = Process.GetCurrentProcess();
        var outcome = Failures > 0 ? "FAILED" : interrupted ? "Interrupted" : "All checks passed";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{outcome}: {_total.Elapsed.TotalSeconds:N1} s, peak memory {Size(process.PeakWorkingSet64)}."));
    }

    public static string Size(double bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 30):N2} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 20):N1} MiB"),
        >= 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1L << 10):N1} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B"),
    };

    private static void Print(string step, string items, string bytes, string time, string rate, string result) =>
        Console.WriteLine($"{step,-14}{items,8}{bytes,12}{time,10}{rate,14}  {result}");
}
