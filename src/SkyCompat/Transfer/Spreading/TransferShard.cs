namespace SkyCompat.Transfer.Spreading;

/// <summary>A part of a transfer that one worker carries out: a range of names, or, where the source's list has no order, the names themselves.</summary>
internal sealed record TransferShard
{
    public required int Number { get; init; }

    public TransferRange? Range { get; init; }

    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The source's objects in it, as its list showed them.</summary>
    public required long Objects { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The objects of this shard and of all before it, so that the last one tells the sum.</summary>
    public required long TotalObjects { get; init; }

    /// <summary>Their bytes.</summary>
    public required long TotalBytes { get; init; }

    /// <summary>Whether the source was listed to its end.</summary>
    public required bool IsLast { get; init; }
}
