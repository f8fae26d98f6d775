namespace SkyCompat.Workloads;

/// <summary>How a program is run in a container.</summary>
public sealed record ExecOptions
{
    /// <summary>The container; null for the pod's only one, or its first that does not prepare it.</summary>
    public string? Container { get; init; }

    /// <summary>What the program reads; null for nothing. The program must read to a length or mark of its own: the way to it knows no end of input.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>How many bytes of output and of errors are kept, each; what comes after is left out and <see cref="ExecResult.IsTruncated"/> set. From 0 to 256 MiB.</summary>
    /// <value>Default: 1 MiB.</value>
    public int MaxOutputBytes { get; init; } = 1 << 20;

    /// <summary>Told of each piece of output as it comes: text of the program, and whether it is of its errors. Pieces end anywhere.</summary>
    public Action<ReadOnlyMemory<byte>, bool>? OnOutput { get; init; }
}
