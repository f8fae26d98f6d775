using SkyCompat.Clusters;

namespace SkyCompat.Conformance;

/// <summary>One promise of the contract of clusters, in executable form.</summary>
/// <param name="Id">A stable name of lower-case words joined by dots and hyphens, such as <c>cluster.create.key</c>.</param>
/// <param name="Title">What must hold, as a sentence.</param>
/// <param name="Body">The proof: returns if it holds, throws otherwise.</param>
public sealed record ClusterCase(string Id, string Title, Func<ClusterContext, CancellationToken, Task> Body)
{
    /// <summary>What clusters must be able to do; without it the case is skipped, naming what is lacking.</summary>
    public ClusterFeatures Requires { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
