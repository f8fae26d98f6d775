namespace SkyCompat.Compute;

/// <summary>An operation as it was when it was looked at.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Instances">The instances it is about, as far as they can be seen.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
public sealed record ComputeOperationStatus(ComputeOperationState State, IReadOnlyList<Instance> Instances, CloudException? Error = null);
