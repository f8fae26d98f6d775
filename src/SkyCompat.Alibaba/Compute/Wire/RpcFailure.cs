namespace SkyCompat.Alibaba;

/// <summary>What a refused call was answered with.</summary>
internal readonly record struct RpcFailure
{
    public required int Status { get; init; }

    /// <summary>The error code; null if the reply is not the service's.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the refusal taught the clock the server's time, so that the same call may now be signed anew.</summary>
    public bool Learned { get; init; }

    public bool IsWrite { get; init; }
}
