namespace SkyCompat.Alibaba;

/// <summary>A vSwitch, which is a subnet of one zone.</summary>
internal sealed record VpcSwitch
{
    public string VSwitchId { get; init; } = "";

    public string? VSwitchName { get; init; }

    public string? CidrBlock { get; init; }

    public string? VpcId { get; init; }

    public string ZoneId { get; init; } = "";

    public string Status { get; init; } = "";
}
