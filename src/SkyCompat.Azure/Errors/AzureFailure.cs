namespace SkyCompat.Azure;

/// <summary>What the service answered instead of success.</summary>
internal readonly record struct AzureFailure
{
    public int Status { get; init; }

    public string? Code { get; init; }

    /// <summary>The first line of the message; the others repeat ids and the time.</summary>
    public string? Message { get; init; }

    /// <summary>What the service says of a signature. It may repeat the signature and is only looked at, never shown.</summary>
    public string? AuthenticationDetail { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the reply taught the driver the time, so that the same request is now signed otherwise.</summary>
    public bool Learned { get; init; }

    /// <summary>Whether the reply is not the service's.</summary>
    public bool IsForeign { get; init; }
}
