namespace SkyCompat.Conformance;

/// <summary>One promise of the contract of workloads, in executable form.</summary>
/// <param name="Id">A stable name of lower-case words joined by dots and hyphens, such as <c>workload.job.unchanged</c>.</param>
/// <param name="Title">What must hold, as a sentence.</param>
/// <param name="Body">The proof: returns if it holds, throws otherwise.</param>
public sealed record WorkloadCase(string Id, string Title, Func<WorkloadContext, CancellationToken, Task> Body)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}
