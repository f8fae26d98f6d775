namespace SkyCompat.Alibaba;

/// <summary>A page of snapshots.</summary>
internal sealed record EcsSnapshotReply
{
    public SnapshotItems? Snapshots { get; init; }

    public string? NextToken { get; init; }

    /// <summary>The list.</summary>
    internal sealed record SnapshotItems
    {
        public List<EcsSnapshot>? Snapshot { get; init; }
    }
}
