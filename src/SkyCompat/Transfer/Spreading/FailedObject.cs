namespace SkyCompat.Transfer.Spreading;

/// <summary>An object that could not be moved, as the journal keeps it.</summary>
internal sealed record FailedObject
{
    public required string Name { get; init; }

    public required string Target { get; init; }

    public long Size { get; init; }

    public string? Reason { get; init; }

    public ErrorDocument? Error { get; init; }

    public static FailedObject Of(TransferResult result) => new()
    {
        Name = result.Name,
        Target = result.Target,
        Size = result.Size,
        Reason = result.Reason,
        Error = result.Error is { } error ? ErrorDocument.Of(error) : null,
    };

    public TransferResult ToResult() => new() { Name = Name, Target = Target, Outcome = TransferOutcome.Failed, Size = Size, Reason = Reason, Error = Error?.ToException() };
}
