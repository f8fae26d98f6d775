namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The faults of an emulator, used up in the order in which they were added.</summary>
public sealed class GcsFaults
{
    private readonly Lock _lock = new();
    private readonly List<Pending> _pending = [];

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

    public void Add(GcsFault fault)
    {
        lock (_lock)
        {
            _pending.Add(new Pending(fault));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _pending.Clear();
        }
    }

    internal GcsFault? Take(string operation, string address)
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

    private sealed class Pending(GcsFault fault)
    {
        public GcsFault Fault { get; } = fault;

        public int Skip { get; set; } = fault.Skip;

        public int Times { get; set; } = fault.Times;
    }
}
