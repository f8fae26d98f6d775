namespace SkyCompat.Emulators.AzureResourceManager;

/// <summary>A fault, and which requests it strikes.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record ArmFault(ArmFaultKind Kind)
{
    /// <summary>The method; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>A text in the path and query; null for any.</summary>
    public string? Target { get; init; }

    /// <summary>A text in the body, such as the name of a size; null for any.</summary>
    public string? BodyText { get; init; }

    /// <summary>How many requests it strikes.</summary>
    public int Times { get; init; } = 1;

    public int Status { get; init; } = 409;

    public string Code { get; init; } = "Conflict";

    public string Message { get; init; } = "Refused on purpose.";

    /// <summary>The whole body instead of one made of <see cref="Code"/> and <see cref="Message"/>.</summary>
    public string? Body { get; init; }

    /// <summary>The value of Retry-After; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Runs before the request is carried out.</summary>
    public Action? Before { get; init; }
}
