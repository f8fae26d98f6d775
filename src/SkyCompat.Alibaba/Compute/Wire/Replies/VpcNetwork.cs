namespace SkyCompat.Alibaba;

/// <summary>A network.</summary>
internal sealed record VpcNetwork
{
    public string VpcId { get; init; } = "";

    public string VpcName { get; init; } = "";

    public string? CidrBlock { get; init; }

    public string Status { get; init; } = "";

    public string? CreationTime { get; init; }

    public VpcTags? Tags { get; init; }
}
