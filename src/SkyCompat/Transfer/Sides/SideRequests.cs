namespace SkyCompat.Transfer.Sides;

/// <summary>Counts the requests to a side that find, compare and delete objects; those that move one are counted with it.</summary>
internal sealed class SideRequests
{
    private long _lists;
    private long _looks;
    private long _deletes;

    public void Listed() => Interlocked.Increment(ref _lists);

    public void Looked() => Interlocked.Increment(ref _looks);

    public void Deleted() => Interlocked.Increment(ref _deletes);

    /// <summary>How many there were since this was last asked.</summary>
    public (long Lists, long Looks, long Deletes) Take() => (Interlocked.Exchange(ref _lists, 0), Interlocked.Exchange(ref _looks, 0), Interlocked.Exchange(ref _deletes, 0));
}
