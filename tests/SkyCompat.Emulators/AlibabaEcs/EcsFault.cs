namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A fault, and which calls it strikes.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record EcsFault(EcsFaultKind Kind)
{
    /// <summary>The operation; null for any.</summary>
    public string? Action { get; init; }

    /// <summary>How many calls it strikes.</summary>
    public int Times { get; init; } = 1;

    public int Status { get; init; } = 503;

    public string Code { get; init; } = "ServiceUnavailable";

    public string Message { get; init; } = "The request has failed due to a temporary failure of the server.";

    /// <summary>Headers of the reply, such as what is left of a rate limit.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
