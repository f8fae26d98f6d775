namespace SkyCompat.Google;

/// <summary>What goes on because of a request. It can be done and have failed.</summary>
internal sealed class GceOperation
{
    public string? Name { get; set; }

    public string? OperationType { get; set; }

    public string? Status { get; set; }

    public string? TargetLink { get; set; }

    public string? TargetId { get; set; }

    public string? Zone { get; set; }

    public string? Region { get; set; }

    public int? HttpErrorStatusCode { get; set; }

    public GceOperationError? Error { get; set; }
}
