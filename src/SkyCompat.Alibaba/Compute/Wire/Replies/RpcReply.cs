namespace SkyCompat.Alibaba;

/// <summary>What every reply has.</summary>
internal sealed record RpcReply
{
    public string? RequestId { get; init; }
}
