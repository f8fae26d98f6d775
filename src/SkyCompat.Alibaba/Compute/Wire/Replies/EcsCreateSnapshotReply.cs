namespace SkyCompat.Alibaba;

/// <summary>The snapshot that was asked for.</summary>
internal sealed record EcsCreateSnapshotReply
{
    public string SnapshotId { get; init; } = "";
}
