namespace SkyCompat.Workloads;

/// <summary>A change of a pod.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Pod">The pod afterwards; as last seen if it is gone.</param>
public sealed record PodChange(PodChangeKind Kind, Pod Pod);
