namespace SkyCompat.Compute;

/// <summary>Where it came to run.</summary>
/// <param name="Instances">The running instances.</param>
/// <param name="Offer">The offer they are of.</param>
/// <param name="Attempts">What was tried, in order; probes that said no are included.</param>
public sealed record PlacementResult(IReadOnlyList<Instance> Instances, Offer Offer, IReadOnlyList<PlacementAttempt> Attempts);
