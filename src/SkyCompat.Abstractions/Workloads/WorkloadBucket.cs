namespace SkyCompat.Workloads;

/// <summary>A logical bucket that a workload may use.</summary>
/// <param name="Name">Its name in <c>SkyCompat:Buckets</c>; the workload knows it by the same.</param>
public sealed record WorkloadBucket(string Name)
{
    /// <summary>Whether the workload's own identity (<see cref="Workload.Identity"/>) opens the bucket, so that no key is handed over.</summary>
    /// <value>Default: false: the credentials configured for the bucket's cloud are handed over in a Secret.</value>
    public bool ByIdentity { get; init; }

    /// <summary>Another address of the bucket's store, as it is seen from within the cluster, in place of the <c>Endpoint</c> configured here.</summary>
    public Uri? Endpoint { get; init; }
}
