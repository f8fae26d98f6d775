namespace SkyCompat.Alibaba;

/// <summary>The vSwitch that was made.</summary>
internal sealed record VpcCreateSwitchReply
{
    public string VSwitchId { get; init; } = "";
}
