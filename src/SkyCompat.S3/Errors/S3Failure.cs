namespace SkyCompat.S3;

/// <summary>What a store answered instead of success.</summary>
internal readonly record struct S3Failure
{
    public int Status { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? RequestId { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The region that the store named.</summary>
    public string? Region { get; init; }

    /// <summary>Whether the reply taught the driver the region or the time, so that the same request is now signed otherwise.</summary>
    public bool Learned { get; init; }

    /// <summary>Whether the body is not a store's.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The SDK's exception, for requests that go through it.</summary>
    public Exception? Exception { get; init; }
}
