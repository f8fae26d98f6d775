namespace SkyCompat.Alibaba;

/// <summary>An elastic address.</summary>
internal sealed record VpcEip
{
    public string AllocationId { get; init; } = "";

    public string IpAddress { get; init; } = "";

    public string? Name { get; init; }

    public string? InstanceId { get; init; }

    public string Status { get; init; } = "";

    public VpcTags? Tags { get; init; }
}
