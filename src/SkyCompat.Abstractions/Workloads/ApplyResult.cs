namespace SkyCompat.Workloads;

/// <summary>What applying did.</summary>
/// <param name="Objects">The objects of the cluster, in the order they were applied.</param>
public sealed record ApplyResult(IReadOnlyList<AppliedObject> Objects)
{
    /// <summary>Whether anything is now other than it was.</summary>
    public bool Changed => Objects.Any(item => item.Outcome != ApplyOutcome.Unchanged);
}
