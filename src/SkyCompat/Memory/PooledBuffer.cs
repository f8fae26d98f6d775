using System.Buffers;

namespace SkyCompat.Memory;

/// <summary>A buffer of up to its reserved size, made of pooled arrays that are rented as it fills. Dispose gives arrays and reservation back.</summary>
/// <param name="budget">What the capacity was reserved in; <c>null</c> for what is bounded otherwise.</param>
/// <param name="capacity">How many bytes fit.</param>
/// <param name="slabBytes">The size of an array.</param>
internal sealed class PooledBuffer(ByteBudget? budget, long capacity, int slabBytes = 1 << 20) : IDisposable
{
    private readonly List<byte[]> _slabs = [];
    private long _rented;
    private bool _disposed;

    /// <summary>How many bytes fit.</summary>
    public long Capacity { get; } = capacity;

    /// <summary>How many bytes there are.</summary>
    public long Length { get; private set; }

    public bool IsFull => Length == Capacity;

    /// <summary>Waits until the budget has room, then makes the buffer.</summary>
    public static async ValueTask<PooledBuffer> CreateAsync(ByteBudget budget, long capacity, CancellationToken cancellationToken)
    {
        await budget.ReserveAsync(capacity, cancellationToken).ConfigureAwait(false);
        return new PooledBuffer(budget, capacity);
    }

    /// <summary>Makes the buffer if the budget has room.</summary>
    public static PooledBuffer? TryCreate(ByteBudget budget, long capacity) => budget.TryReserve(capacity) ? new PooledBuffer(budget, capacity) : null;

    /// <summary>Free memory at the end, at least one byte unless full.</summary>
    public Memory<byte> GetMemory()
    {
        if (Length == _rented && !IsFull)
        {
            var slab = ArrayPool<byte>.Shared.Rent((int)Math.Min(slabBytes, Capacity - Length));
            _slabs.Add(slab);
            _rented += slab.Length;
        }

        if (_slabs.Count == 0)
        {
            return default;
        }

        var last = _slabs[^1];
        var start = (int)(last.Length - (_rented - Length));
        return last.AsMemory(start, (int)Math.Min(last.Length - start, Capacity - Length));
    }

    /// <summary>Counts bytes that were put into <see cref="GetMemory"/>.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>The bytes so far.</summary>
    public ReadOnlySequence<byte> GetBytes()
    {
        if (Length == 0)
        {
            return ReadOnlySequence<byte>.Empty;
        }

        if (_slabs.Count == 1)
        {
            return new ReadOnlySequence<byte>(_slabs[0], 0, (int)Length);
        }

        var first = new Segment(_slabs[0], 0);
        var last = first;
        for (var i = 1; i < _slabs.Count; i++)
        {
            last = last.Append(_slabs[i]);
        }

        return new ReadOnlySequence<byte>(first, 0, last, (int)(Length - last.RunningIndex));
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var slab in _slabs)
        {
            ArrayPool<byte>.Shared.Return(slab);
        }

        _slabs.Clear();
        budget?.Release(Capacity);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
