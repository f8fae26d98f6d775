namespace SkyCompat.Alibaba;

/// <summary>A page of disks.</summary>
internal sealed record EcsDiskReply
{
    public DiskItems? Disks { get; init; }

    public string? NextToken { get; init; }

    /// <summary>The list.</summary>
    internal sealed record DiskItems
    {
        public List<EcsDisk>? Disk { get; init; }
    }
}
