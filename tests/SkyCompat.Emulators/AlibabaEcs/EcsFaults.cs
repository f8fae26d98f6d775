namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>What goes wrong on purpose, and what came in.</summary>
public sealed class EcsFaults
{
    private readonly Lock _lock = new();
    private readonly List<(EcsFault Fault, int Left)> _faults = [];
    private readonly List<EcsRequest> _requests = [];

    /// <summary>How far the service's clock is off.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>The calls that came in.</summary>
    public IReadOnlyList<EcsRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public void Add(EcsFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock)
        {
            _faults.Add((fault, fault.Times));
        }
    }

    /// <summary>Forgets the faults that have not struck yet, and the calls.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
            _requests.Clear();
            ClockOffset = TimeSpan.Zero;
        }
    }

    internal void Record(EcsRequest request)
    {
        lock (_lock)
        {
            if (_requests.Count < 10_000)
            {
                _requests.Add(request);
            }
        }
    }

    internal EcsFault? Take(string action)
    {
        lock (_lock)
        {
            var i = _faults.FindIndex(entry => entry.Fault.Action is null || entry.Fault.Action == action);
            if (i < 0)
            {
                return null;
            }

            var (fault, left) = _faults[i];
            if (left == 1)
            {
                _faults.RemoveAt(i);
            }
            else
            {
                _faults[i] = (fault, left - 1);
            }

            return fault;
        }
    }
}
