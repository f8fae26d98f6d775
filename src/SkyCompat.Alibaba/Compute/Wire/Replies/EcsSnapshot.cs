namespace SkyCompat.Alibaba;

/// <summary>A snapshot.</summary>
internal sealed record EcsSnapshot
{
    public string SnapshotId { get; init; } = "";

    public string? SnapshotName { get; init; }

    public string? SourceDiskId { get; init; }

    public string? SourceDiskSize { get; init; }

    public string Status { get; init; } = "";

    public string? CreationTime { get; init; }

    public EcsTags? Tags { get; init; }
}
