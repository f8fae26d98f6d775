using System.Collections.Concurrent;

namespace SkyCompat.Cli.Bench;

/// <summary>The measurements of one kind of operation.</summary>
/// <param name="name">The operation.</param>
internal sealed class BenchSeries(string name)
{
    private readonly ConcurrentBag<double> _milliseconds = [];
    private int _failed;

    public string Name => name;

    public int Count => _milliseconds.Count;

    public int Failed => _failed;

    /// <summary>Why the first one failed.</summary>
    public CloudException? FirstError { get; private set; }

    /// <summary>From the first start to the last end.</summary>
    public TimeSpan Elapsed { get; set; }

    public void Add(TimeSpan latency) => _milliseconds.Add(latency.TotalMilliseconds);

    public void AddFailure(CloudException error)
    {
        if (Interlocked.Increment(ref _failed) == 1)
        {
            FirstError = error;
        }
    }

    /// <summary>The latency in milliseconds that so many percent of the operations stayed below; nearest rank.</summary>
    public double Percentile(double percent)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
