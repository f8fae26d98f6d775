namespace SkyCompat.Transfer.Running;

/// <summary>Lets so many pass at a time, a number that may change. First come, first served.</summary>
internal sealed class ConcurrencyGate(int limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiters = new();
    private int _inside;
    private int _limit = limit;

    /// <summary>How many may be inside.</summary>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set
        {
            lock (_lock)
            {
                _limit = value;
                Admit();
            }
        }
    }

    /// <summary>Whether somebody waits.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _waiters.Count > 0;
            }
        }
    }

    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> node;
        lock (_lock)
        {
            if (_inside < _limit && _waiters.Count == 0)
            {
                _inside++;
                return;
            }

            node = _waiters.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (gate, node) = ((ConcurrencyGate, LinkedListNode<TaskCompletionSource>))state!;
                lock (gate._lock)
                {
                    if (node.Value.TrySetCanceled(token))
                    {
                        gate._waiters.Remove(node);
                    }
                }
            },
            (this, node));
        await node.Value.Task.ConfigureAwait(false);
    }

    public void Exit()
    {
        lock (_lock)
        {
            _inside--;
            Admit();
        }
    }

    private void Admit()
    {
        while (_inside < _limit && _waiters.First is { } first)
        {
            _waiters.RemoveFirst();
            if (first.Value.TrySetResult())
            {
                _inside++;
            }
        }
    }
}
