namespace SkyCompat.Alibaba;

/// <summary>Errors of things that are under way, for the engine to ask again.</summary>
internal static class Transients
{
    /// <summary>A copy of an error that passes by itself.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="text">Why it passes.</param>
    /// <param name="after">When to ask again.</param>
    public static CloudException Of(CloudException exception, string text, TimeSpan after) => new(exception.Code, text, exception)
    {
        Reason = exception.Reason,
        Scope = exception.Scope,
        IsTransient = true,
        RetryAfter = after,
        ProviderCode = exception.ProviderCode,
        StatusCode = exception.StatusCode,
        RequestId = exception.RequestId,
    };

    /// <summary>The error of something that is not ready yet.</summary>
    /// <param name="what">What.</param>
    /// <param name="after">When to ask again.</param>
    public static CloudException NotReady(string what, TimeSpan after) => new(CloudErrorCode.Conflict, $"{what} is not ready yet.") { IsTransient = true, RetryAfter = after };
}
