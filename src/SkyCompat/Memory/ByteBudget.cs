namespace SkyCompat.Memory;

/// <summary>Bounds the memory of all buffers in the process together. First come, first served.</summary>
/// <remarks>Who waits for bytes must not hold bytes that only its own waiting could free: a writer reserves a whole part before it fills it, and a reader that finds nothing free
/// reads without a buffer. So no two transfers can wait for each other.</remarks>
internal sealed class ByteBudget(long capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private long _used;

    /// <summary>How many bytes there are in all.</summary>
    public long Capacity { get; } = capacity;

    /// <summary>How many bytes are reserved now.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>Reserves bytes if they are free and nobody waits.</summary>
    public bool TryReserve(long bytes)
    {
        lock (_lock)
        {
            if (_waiters.Count > 0 || _used + bytes > Capacity)
            {
                return false;
            }

            _used += bytes;
            return true;
        }
    }

    /// <summary>Reserves bytes, waiting for them. More than there are in all is refused.</summary>
    public async ValueTask ReserveAsync(long bytes, CancellationToken cancellationToken)
    {
        if (bytes > Capacity)
        {
            throw new CloudException(
                CloudErrorCode.QuotaExceeded, $"A buffer of {bytes} bytes is needed, and the byte budget is {Capacity}. Raise SkyCompat:BufferBudgetBytes, or use smaller parts.");
        }

        if (TryReserve(bytes))
        {
            return;
        }

        var waiter = new Waiter(bytes);
        lock (_lock)
        {
            waiter.Node = _waiters.AddLast(waiter);
            Grant();
        }

        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (budget, waiter) = ((ByteBudget, Waiter))state!;
                budget.Abandon(waiter, token);
            },
            (this, waiter));
        await waiter.Granted.Task.ConfigureAwait(false);
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            Grant();
        }
    }

    private void Abandon(Waiter waiter, CancellationToken token)
    {
        lock (_lock)
        {
            if (waiter.Granted.TrySetCanceled(token))
            {
                _waiters.Remove(waiter.Node!);

                // The one behind may need less than the one that gave up.
                Grant();
            }
        }
    }

    private void Grant()
    {
        while (_waiters.First is { } first && _used + first.Value.Bytes <= Capacity)
        {
            _waiters.RemoveFirst();
            _used += first.Value.Bytes;
            first.Value.Granted.SetResult();
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes { get; } = bytes;

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter>? Node { get; set; }
    }
}
