namespace SkyCompat.Workloads;

/// <summary>How a cluster finds out whether a container is well: by an HTTP path, a command, or a port that takes connections. Exactly one of <see cref="Path"/> with <see cref="Port"/>, <see cref="Command"/>, or <see cref="Port"/> alone.</summary>
public sealed record WorkloadProbe
{
    /// <summary>The path that must answer with 200 to 399.</summary>
    public string? Path { get; init; }

    /// <summary>The port to ask.</summary>
    public int? Port { get; init; }

    /// <summary>A program in the container that must end with 0.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>How long after the start the first look comes.</summary>
    /// <value>Default: 0.</value>
    public TimeSpan Delay { get; init; }

    /// <summary>The time between two looks, from 1 second.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a look may take, from 1 second.</summary>
    /// <value>Default: 1 second.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how many failed looks in a row the container is unwell.</summary>
    /// <value>Default: 3.</value>
    public int Failures { get; init; } = 3;
}
