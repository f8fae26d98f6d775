namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>The faults of an emulator, used up in the order in which they were added, and what came in.</summary>
public sealed class GceFaults
{
    private readonly Lock _lock = new();
    private readonly List<Pending> _pending = [];
    private readonly List<string> _requests = [];

    /// <summary>Method, path and query of what came in, as sent.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Whether all that was added has happened.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count == 0;
            }
        }
    }

    public void Add(GceFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock)
        {
            _pending.Add(new Pending(fault));
        }
    }

    /// <summary>Forgets the faults that have not struck yet, and the requests.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _pending.Clear();
            _requests.Clear();
        }
    }

    internal void Note(string request)
    {
        lock (_lock)
        {
            _requests.Add(request);
        }
    }

    internal GceFault? Take(string operation, string address)
    {
        lock (_lock)
        {
            foreach (var pending in _pending.Where(pending => pending.Fault.Fits(operation, address)).ToList())
            {
                if (pending.Skip > 0)
                {
                    pending.Skip--;
                    continue;
                }

                if (--pending.Times == 0)
                {
                    _pending.Remove(pending);
                }

                return pending.Fault;
            }

            return null;
        }
    }

    private sealed class Pending(GceFault fault)
    {
        public GceFault Fault { get; } = fault;

        public int Skip { get; set; } = fault.Skip;

        public int Times { get; set; } = fault.Times;
    }
}
