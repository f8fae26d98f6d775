namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>How many bytes of object data may be in memory at a time.</summary>
internal sealed class StoreBudget(long limit)
{
    private const long CollectEvery = 256 << 20;
    private long _used;
    private long _sinceCollection;

    /// <exception cref="GcsError">507: the data does not fit.</exception>
    public void Take(int bytes)
    {
        // The collector is in no hurry while memory is free, and would let gigabytes of overwritten objects stand. There are
        // few and large blocks, so a collection costs milliseconds.
        if (Interlocked.Add(ref _sinceCollection, bytes) > CollectEvery)
        {
            Collect();
        }

        if (Interlocked.Add(ref _used, bytes) <= limit)
        {
            return;
        }

        Collect();
        GC.WaitForPendingFinalizers();
        if (Interlocked.Read(ref _used) > limit)
        {
            Return(bytes);
            throw new GcsError(507, "emulatorFull", $"The emulator keeps at most {limit} bytes.");
        }
    }

    public void Return(int bytes) => Interlocked.Add(ref _used, -bytes);

    private void Collect()
    {
        Interlocked.Exchange(ref _sinceCollection, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
    }
}
