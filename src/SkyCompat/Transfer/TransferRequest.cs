namespace SkyCompat.Transfer;

/// <summary>What is to be moved, where to, and how.</summary>
public sealed record TransferRequest
{
    /// <summary>Where the objects are.</summary>
    public required TransferLocation Source { get; init; }

    /// <summary>Where they go. Many objects need a destination for many: a prefix or a folder.</summary>
    public required TransferLocation Destination { get; init; }

    /// <summary>Only these names, relative to the source's prefix or folder, in any order; null for all that are found. Not for <see cref="TransferMode.Mirror"/>. Read once.</summary>
    public IAsyncEnumerable<string>? Names { get; init; }

    /// <summary>Only names of this range, on both sides: what else the destination has is neither looked at nor deleted. Not for single objects, and not together with <see cref="Names"/>.</summary>
    /// <value>Default: null, all names.</value>
    public TransferRange? Range { get; init; }

    /// <summary>What is done with what the destination has already.</summary>
    /// <value>Default: <see cref="TransferMode.Copy"/>.</value>
    public TransferMode Mode { get; init; }

    /// <summary>Which objects take part; in a mirror also which ones of the destination may be deleted.</summary>
    /// <value>Default: all.</value>
    public TransferFilter Filter { get; init; } = TransferFilter.All;

    /// <summary>How it is done.</summary>
    public TransferOptions Options { get; init; } = TransferOptions.Default;

    /// <summary>Set where this is one shard of a transfer that several carry out.</summary>
    internal ShardRole? Shard { get; init; }
}
