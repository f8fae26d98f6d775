namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>How many bytes of object data may be in memory at a time.</summary>
internal sealed class StoreBudget(long limit)
{
    private long _used;

    /// <exception cref="GcsError">507: the data does not fit.</exception>
    public void Take(int bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit)
        {
            return;
        }

        // Memory of deleted objects is given back when its collection has run, so run one before saying no.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (Interlocked.Read(ref _used) > limit)
        {
            Return(bytes);
            throw new GcsError(507, "emulatorFull", $"The emulator keeps at most {limit} bytes.");
        }
    }

    public void Return(int bytes) => Interlocked.Add(ref _used, -bytes);
}
