namespace SkyCompat.Transfer.Running;

/// <summary>An object in flight.</summary>
internal sealed class ActiveObject(string name, long size)
{
    private long _moved;

    public string Name { get; } = name;

    public long Size { get; } = size;

    public long MovedBytes => Interlocked.Read(ref _moved);

    public void Add(long bytes) => Interlocked.Add(ref _moved, bytes);

    /// <summary>Begins anew.</summary>
    /// <returns>How many bytes had been moved for nothing.</returns>
    public long Reset() => Interlocked.Exchange(ref _moved, 0);
}
