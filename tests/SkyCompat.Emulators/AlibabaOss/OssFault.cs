namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>A fault, and which requests it strikes.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record OssFault(OssFaultKind Kind)
{
    /// <summary>The method; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>A text in the raw path and query, such as <c>?uploads</c>; null for any.</summary>
    public string? Target { get; init; }

    /// <summary>How many requests it strikes.</summary>
    public int Times { get; init; } = 1;

    public int Status { get; init; } = 503;

    public string Code { get; init; } = "ServiceUnavailable";

    /// <summary>Runs after the signature was verified and before the request is executed.</summary>
    public Func<Task>? Before { get; init; }
}
