namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A stretch of object data. It is written once, then shared by every object that holds it, and counted until the last of them is gone.</summary>
internal sealed class ContentSegment
{
    private readonly StoreBudget _budget;

    public ContentSegment(StoreBudget budget, int size)
    {
        _budget = budget;
        budget.Take(size);
        Bytes = GC.AllocateUninitializedArray<byte>(size);
    }

    ~ContentSegment() => _budget.Return(Bytes?.Length ?? 0);

    public byte[] Bytes { get; }

    public int Length { get; set; }
}
