using SkyCompat.Compute;

namespace SkyCompat.Clusters;

/// <summary>How a pool of like nodes shall be. The same on every cloud; what a provider cannot hold fails before any request.</summary>
/// <param name="Name">The name within the cluster: 1 to <see cref="ClusterCapabilities.MaxPoolNameLength"/> lower-case letters and digits, starting with a letter. Names of up to 12 fit every cloud.</param>
public sealed record NodePoolSpec(string Name)
{
    /// <summary>What each node must have. The cheapest instance type that has it is taken, in the best liked market that offers one; with <see cref="MachineNeed.InstanceType"/> exactly that type.</summary>
    /// <value>Default: 2 vCPU and 4 GiB, on demand.</value>
    public MachineNeed Need { get; init; } = new() { MinVCpus = 2, MinMemoryGiB = 4 };

    /// <summary>How many nodes, in all zones together; with <see cref="Autoscale"/> how many at first. From 0 to <see cref="ClusterCapabilities.MaxPoolNodes"/>.</summary>
    /// <value>Default: 1.</value>
    public int Count { get; init; } = 1;

    /// <summary>Between which numbers the pool scales by itself; null for a fixed number.</summary>
    public NodeRange? Autoscale { get; init; }

    /// <summary>The labels of the nodes. Those of <c>kubernetes.io</c> and <c>k8s.io</c> are not the application's to give.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The taints of the nodes.</summary>
    public IReadOnlyList<NodeTaint> Taints { get; init; } = [];

    /// <summary>The size of each node's boot disk, in GiB, from 20 to 16,384; null for the provider's, or for what a pool that there is has. That of a pool that there is cannot be changed.</summary>
    public int? DiskGiB { get; init; }
}
