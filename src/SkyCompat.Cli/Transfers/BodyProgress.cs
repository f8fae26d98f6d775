namespace SkyCompat.Cli.Transfers;

/// <summary>Shows the upload of one body as a transfer is shown.</summary>
/// <param name="observer">Who shows it.</param>
/// <param name="time">The clock.</param>
/// <param name="name">The object's name.</param>
/// <param name="length">How many bytes there will be; null if only the end will tell.</param>
internal sealed class BodyProgress(TransferObserver observer, TimeProvider time, string name, long? length) : IProgress<long>
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public void Report(long value)
    {
        var elapsed = Elapsed;
        var rate = value / Math.Max(elapsed.TotalSeconds, 0.001);
        lock (_lock)
        {
            observer.OnProgress(new TransferProgress
            {
                Elapsed = elapsed,
                FoundObjects = 1,
                FoundBytes = length ?? value,
                IsListingDone = length is not null,
                MovedBytes = value,
                BytesPerSecond = rate,
                Remaining = length is { } all && value > 0 ? TimeSpan.FromSeconds((all - value) / rate) : null,
                Concurrency = 1,
                Objects = [new TransferObjectProgress(name, length ?? value, value)],
            });
        }
    }
}
