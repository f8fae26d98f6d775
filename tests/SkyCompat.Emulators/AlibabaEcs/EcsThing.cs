namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Something that has an id, tags and a state that changes with the calls about it.</summary>
internal abstract class EcsThing
{
    private readonly Queue<string> _next = new();
    private int _left;

    public required string Id { get; init; }

    public required string Region { get; init; }

    public string Name { get; set; } = "";

    public required string CreatedAt { get; init; }

    public Dictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);

    public string Status { get; private set; } = "";

    /// <summary>Whether it is on its way to another state.</summary>
    public bool IsChanging => _next.Count > 0;

    /// <summary>Sets out on a way through states; an empty one at its end means that the thing vanishes.</summary>
    public void Go(int callsPerState, params string[] states)
    {
        _next.Clear();
        Status = states[0];
        foreach (var state in states.Skip(1))
        {
            _next.Enqueue(state);
        }

        _left = callsPerState;
    }

    /// <summary>A call about it has been answered.</summary>
    /// <returns>False if it vanishes now.</returns>
    public bool Pass(int callsPerState)
    {
        if (_next.Count == 0 || --_left > 0)
        {
            return true;
        }

        _left = callsPerState;
        Status = _next.Dequeue();
        if (_next.Count == 0)
        {
            Arrived();
        }

        return Status.Length > 0;
    }

    /// <summary>It has come to the last state of its way.</summary>
    protected virtual void Arrived()
    {
    }
}
