namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>What goes wrong on purpose, and what came in.</summary>
public sealed class OssFaults
{
    private readonly Lock _lock = new();
    private readonly List<(OssFault Fault, int Left)> _faults = [];
    private readonly List<string> _requests = [];

    /// <summary>How far the store's clock is off.</summary>
    public TimeSpan ClockOffset { get; set; }

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

    public void Add(OssFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock)
        {
            _faults.Add((fault, fault.Times));
        }
    }

    /// <summary>Forgets the faults that have not struck yet, and the requests.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
            _requests.Clear();
            ClockOffset = TimeSpan.Zero;
        }
    }

    internal OssFault? Take(string method, string target)
    {
        lock (_lock)
        {
            if (_requests.Count < 10_000)
            {
                _requests.Add($"{method} {target}");
            }

            for (var i = 0; i < _faults.Count; i++)
            {
                var (fault, left) = _faults[i];
                if ((fault.Method is null || fault.Method == method) && (fault.Target is null || target.Contains(fault.Target, StringComparison.Ordinal)))
                {
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

            return null;
        }
    }
}
