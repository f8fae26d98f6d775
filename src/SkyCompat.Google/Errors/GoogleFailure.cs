namespace SkyCompat.Google;

/// <summary>What the store answered instead of success.</summary>
internal readonly record struct GoogleFailure
{
    public int Status { get; init; }

    /// <summary>The reason of a JSON error, or the code of an XML one.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the store's clock and this machine's differ by more than is allowed.</summary>
    public bool IsSkewed { get; init; }

    /// <summary>Whether the next request will be authorized otherwise than this one, by a new token.</summary>
    public bool IsCured { get; init; }

    /// <summary>Whether the body is not the store's.</summary>
    public bool IsForeign { get; init; }
}
