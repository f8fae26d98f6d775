namespace SkyCompat.Alibaba;

/// <summary>The body of a refusal.</summary>
internal sealed record RpcErrorReply
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }
}
