namespace SkyCompat.Clusters;

/// <summary>An operation on a cluster as it was when it was looked at.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Cluster">The cluster, if the provider shows it.</param>
/// <param name="Pools">The node pools that the operation is about, as far as the provider shows them.</param>
/// <param name="Error">Why it failed, or waits; null otherwise.</param>
public sealed record ClusterOperationStatus(ClusterOperationState State, ClusterInfo? Cluster, IReadOnlyList<NodePoolInfo> Pools, CloudException? Error = null);
