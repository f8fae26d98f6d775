namespace SkyCompat.Alibaba;

/// <summary>The disk that was made.</summary>
internal sealed record EcsCreateDiskReply
{
    public string DiskId { get; init; } = "";
}
