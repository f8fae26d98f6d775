namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A stretch of object data. It is written once, then shared by every object that holds it, and counted until the last of them is gone.</summary>
internal sealed class ContentSegment
{
    private readonly Lease _lease;

    public ContentSegment(StoreBudget budget, int size)
    {
        budget.Take(size);
        _lease = new Lease(budget, size);
        Bytes = GC.AllocateUninitializedArray<byte>(size);
    }

    public byte[] Bytes { get; }

    public int Length { get; set; }

    /// <summary>Apart from the bytes, so that they need not wait for a finalizer to be collected.</summary>
    private sealed class Lease(StoreBudget budget, int size)
    {
#pragma warning disable MA0055 // Objects share segments and readers hold on to them, so only the collector knows when the last one is gone.
        ~Lease() => budget.Return(size);
#pragma warning restore MA0055
    }
}
