namespace SkyCompat.Alibaba;

/// <summary>The network that was made.</summary>
internal sealed record VpcCreateReply
{
    public string VpcId { get; init; } = "";
}
