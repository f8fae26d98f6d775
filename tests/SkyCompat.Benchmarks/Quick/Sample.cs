using System.Diagnostics;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>What one round took.</summary>
internal readonly record struct Sample(double Seconds, double AllocatedBytes)
{
    public static async Task<Sample> TakeAsync(Func<Task> round)
    {
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        await round();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Sample(seconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    public static double MedianSeconds(List<Sample> samples) => samples.Select(s => s.Seconds).Order().ElementAt(samples.Count / 2);

    public static double MedianBytes(List<Sample> samples) => samples.Select(s => s.AllocatedBytes).Order().ElementAt(samples.Count / 2);
}
