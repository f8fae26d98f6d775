namespace SkyCompat.Conformance.Internal;

/// <summary>Keeps what it is told, in the order in which it is told; unlike <see cref="Progress{T}"/> on the caller's thread.</summary>
internal sealed class RecordedProgress : IProgress<long>
{
    private readonly Lock _lock = new();
    private readonly List<long> _values = [];

    public IReadOnlyList<long> Values
    {
        get
        {
            lock (_lock)
            {
                return [.. _values];
            }
        }
    }

    public void Report(long value)
    {
        lock (_lock)
        {
            _values.Add(value);
        }
    }
}
