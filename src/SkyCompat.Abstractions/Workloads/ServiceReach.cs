namespace SkyCompat.Workloads;

/// <summary>Who can reach a service.</summary>
public enum ServiceReach
{
    /// <summary>Whatever runs in the cluster.</summary>
    Cluster = 0,

    /// <summary>Whoever reaches a node, on a port that the cluster chooses.</summary>
    Node,

    /// <summary>Anybody, by a load balancer of the cloud, which is billed.</summary>
    LoadBalancer,
}
