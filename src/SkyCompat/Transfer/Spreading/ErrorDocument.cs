namespace SkyCompat.Transfer.Spreading;

/// <summary>An error as the journal keeps it.</summary>
internal sealed record ErrorDocument
{
    public required CloudErrorCode Code { get; init; }

    public required string Message { get; init; }

    public string? Reason { get; init; }

    public ErrorScope Scope { get; init; }

    public bool IsTransient { get; init; }

    public static ErrorDocument Of(CloudException error) => new() { Code = error.Code, Message = error.Message, Reason = error.Reason, Scope = error.Scope, IsTransient = error.IsTransient };

    /// <summary>The error again. Operation and resource are in the message, where they were put when it was raised.</summary>
    public CloudException ToException(string? before = null) => new(Code, before + Message) { Reason = Reason, Scope = Scope, IsTransient = IsTransient };
}
