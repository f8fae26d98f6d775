namespace SkyCompat.Benchmarks;

/// <summary>A bounded load.</summary>
internal static class Load
{
    /// <summary>Runs so many operations, so many at a time.</summary>
    public static async Task RunAsync(int operations, int concurrency, Func<int, Task> operation)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(async _ =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < operations)
            {
                await operation(i);
            }
        }));
    }
}
