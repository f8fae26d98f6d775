namespace SkyCompat.Google;

/// <summary>Why an operation failed.</summary>
internal sealed class GceOperationError
{
    public List<GceOperationProblem>? Errors { get; set; }
}
