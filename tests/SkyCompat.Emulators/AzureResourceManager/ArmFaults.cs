namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>What goes wrong on purpose, and what came in.</summary>
public sealed class ArmFaults
{
    private readonly Lock _lock = new();
    private readonly List<(ArmFault Fault, int Left)> _faults = [];
    private readonly List<string> _requests = [];

    /// <summary>Method, path and query of what came in.</summary>
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

    public void Add(ArmFault fault)
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
        }
    }

    internal ArmFault? Take(string method, string target, string body)
    {
        lock (_lock)
        {
            if (_requests.Count < 100_000)
            {
                _requests.Add($"{method} {target}");
            }

            for (var i = 0; i < _faults.Count; i++)
            {
                var (fault, left) = _faults[i];
                if ((fault.Method is null || fault.Method == method) && (fault.Target is null || target.Contains(fault.Target, StringComparison.OrdinalIgnoreCase)) &&
                    (fault.BodyText is null || body.Contains(fault.BodyText, StringComparison.Ordinal)))
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
