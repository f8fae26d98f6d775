namespace SkyCompat.Cli.Bench;

/// <summary>Writes, reads and deletes objects, and measures each.</summary>
internal sealed class BenchRun(IBucket bucket, string prefix, int count, byte[] body, int concurrency, TimeProvider time)
{
    public BenchSeries Put { get; } = new("put");

    public BenchSeries Get { get; } = new("get");

    /// <summary>Writes all, then reads all.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await MeasureAsync(Put, (key, token) => bucket.PutAsync(key, body, null, token), cancellationToken);
        await MeasureAsync(Get, ReadAsync, cancellationToken);
    }

    /// <summary>Deletes what was written, whatever happened before.</summary>
    /// <returns>How many are left behind.</returns>
    public async Task<int> CleanUpAsync()
    {
        var left = 0;
        await foreach (var result in bucket.DeleteManyAsync(Enumerable.Range(0, count).Select(Key).ToAsyncEnumerable(), CancellationToken.None))
        {
            left += result.Outcome is DeleteOutcome.Failed ? 1 : 0;
        }

        return left;
    }

    private string Key(int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{index:D6}");

    private async Task ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var content = await bucket.GetAsync(key, null, cancellationToken);
        await content.CopyToAsync(Stream.Null, cancellationToken);
    }

    private async Task MeasureAsync(BenchSeries series, Func<string, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, count), options, async (index, token) =>
        {
            var begin = time.GetTimestamp();
            try
            {
                await run(Key(index), token);
                series.Add(time.GetElapsedTime(begin));
            }
            catch (CloudException exception) when (exception.Code is not (CloudErrorCode.Unauthenticated or CloudErrorCode.PermissionDenied) && exception.Reason is not ObjectStorageErrorReasons.BucketNotFound)
            {
                series.AddFailure(exception);
            }
        });
        series.Elapsed = time.GetElapsedTime(start);
    }
}
