namespace SkyCompat.Transfer.Running;

/// <summary>An object in flight.</summary>
internal sealed class ActiveObject(string name, long size, bool holdsSlot)
{
    private long _moved;

    public string Name { get; } = name;

    public long Size { get; } = size;

    /// <summary>Whether it counts against what may be in flight.</summary>
    public bool HoldsSlot { get; } = holdsSlot;

    public long MovedBytes => Interlocked.Read(ref _moved);

    public void Add(long bytes) => Interlocked.Add(ref _moved, bytes);

    /// <summary>Begins anew.</summary>
    /// <returns>How many bytes had been moved for nothing.</returns>
    public long Reset() => Interlocked.Exchange(ref _moved, 0);
}
