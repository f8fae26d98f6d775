namespace SkyCompat.Google;

/// <summary>One reason of a failed operation.</summary>
internal sealed class GceOperationProblem
{
    public string? Code { get; set; }

    public string? Message { get; set; }

    public List<GceProblemDetail>? ErrorDetails { get; set; }
}
