using SkyCompat.ObjectStorage;

namespace SkyCompat.Workloads;

/// <summary>A logical bucket that a workload may use.</summary>
/// <param name="Name">Its name in <c>SkyCompat:Buckets</c>, unless <see cref="Bucket"/> says which it is; the workload knows it by the same.</param>
public sealed record WorkloadBucket(string Name)
{
    /// <summary>The bucket, where it is none of <c>SkyCompat:Buckets</c>: one that was opened from a cloud of this process. What wrappers change but a prefix does not go along.</summary>
    /// <value>Default: null, the logical bucket of the name.</value>
    public IBucket? Bucket { get; init; }

    /// <summary>Whether the workload's own identity (<see cref="Workload.Identity"/>) opens the bucket, so that no key is handed over.</summary>
    /// <value>Default: false: the credentials configured for the bucket's cloud are handed over in a Secret.</value>
    public bool ByIdentity { get; init; }

    /// <summary>Another address of the bucket's store, as it is seen from within the cluster, in place of the <c>Endpoint</c> configured here.</summary>
    public Uri? Endpoint { get; init; }
}
