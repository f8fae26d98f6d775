using SkyCompat.Compute;

namespace SkyCompat.Conformance;

/// <summary>One promise of the compute contract, in executable form.</summary>
/// <param name="Id">A stable name of lower-case words joined by dots and hyphens, such as <c>launch.key.same</c>.</param>
/// <param name="Title">What must hold, as a sentence.</param>
/// <param name="Body">The proof: returns if it holds, throws otherwise.</param>
public sealed record ComputeCase(string Id, string Title, Func<ComputeContext, CancellationToken, Task> Body)
{
    /// <summary>What compute must be able to do; without it the case is skipped, naming what is lacking.</summary>
    public ComputeFeatures Requires { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
