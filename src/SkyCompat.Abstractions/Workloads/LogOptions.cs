namespace SkyCompat.Workloads;

/// <summary>Which lines of a container's output.</summary>
public sealed record LogOptions
{
    /// <summary>The container; null for the pod's only one, or its first that does not prepare it.</summary>
    public string? Container { get; init; }

    /// <summary>Goes on until the pod has ended, over broken connections.</summary>
    public bool Follow { get; init; }

    /// <summary>How many of the lines so far to begin with; null for all that the node kept.</summary>
    public int? Tail { get; init; }

    /// <summary>Begins with lines that are not older; to the second. Null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The output of the run before the last start. Not together with <see cref="Follow"/>.</summary>
    public bool Previous { get; init; }

    /// <summary>How long a line may be, in bytes of UTF-8; a longer one is cut and the rest left out. From 1 KiB to 16 MiB.</summary>
    /// <value>Default: 1 MiB.</value>
    public int MaxLineBytes { get; init; } = 1 << 20;
}
