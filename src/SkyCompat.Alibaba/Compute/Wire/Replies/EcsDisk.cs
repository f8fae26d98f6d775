namespace SkyCompat.Alibaba;

/// <summary>A disk.</summary>
internal sealed record EcsDisk
{
    public string DiskId { get; init; } = "";

    public string? DiskName { get; init; }

    public double Size { get; init; }

    public string Status { get; init; } = "";

    public string? InstanceId { get; init; }

    public string? ZoneId { get; init; }

    public string? CreationTime { get; init; }

    public EcsTags? Tags { get; init; }
}
