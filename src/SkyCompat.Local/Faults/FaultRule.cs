namespace SkyCompat.Local;

/// <summary>One rule of a <see cref="FaultPlan"/>: what goes wrong, in which requests, and when.</summary>
public sealed record FaultRule
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The requests that it can hit. The kinds about bodies hit reads only.</summary>
    /// <value>Default: <see cref="FaultOperations.All"/>.</value>
    public FaultOperations Operations { get; init; } = FaultOperations.All;

    /// <summary>The first call that it hits, counted from 1 over the calls that it can hit; null for any. From there on it hits with <see cref="Probability"/>.</summary>
    /// <value>Default: null.</value>
    public int? FromCall { get; init; }

    /// <summary>How likely it hits a call, from 0 to 1.</summary>
    /// <value>Default: 1.</value>
    public double Probability { get; init; } = 1;

    /// <summary>How many calls it hits at most; null for any number.</summary>
    /// <value>Default: null.</value>
    public int? MaxInjections { get; init; }

    /// <summary>How long <see cref="FaultKind.Latency"/> and <see cref="FaultKind.SlowBody"/> wait, by the injector's clock.</summary>
    /// <value>Default: 100 ms.</value>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The HTTP status of <see cref="FaultKind.Status"/>: 429 is Throttled, 5xx Unavailable, 401 Unauthenticated, 403 PermissionDenied, others InvalidArgument.</summary>
    /// <value>Default: 503.</value>
    public int StatusCode { get; init; } = 503;

    /// <summary>How long the provider of <see cref="FaultKind.Status"/> asks to wait; null if it does not say.</summary>
    /// <value>Default: null.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The place in the served body, from 0, of <see cref="FaultKind.TruncatedBody"/> and <see cref="FaultKind.CorruptedBody"/>. A body that ends before it is left as it is.</summary>
    /// <value>Default: 0.</value>
    public long AtByte { get; init; }
}
