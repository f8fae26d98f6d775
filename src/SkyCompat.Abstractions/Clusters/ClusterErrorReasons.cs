namespace SkyCompat.Clusters;

/// <summary>The values of <see cref="CloudException.Reason"/> for clusters, each with the code it refines.</summary>
public static class ClusterErrorReasons
{
    /// <summary>NotFound: the cluster does not exist.</summary>
    public const string ClusterNotFound = nameof(ClusterNotFound);

    /// <summary>NotFound: the node pool does not exist.</summary>
    public const string PoolNotFound = nameof(PoolNotFound);

    /// <summary>AlreadyExists: somebody else's cluster has the name.</summary>
    public const string NameTaken = nameof(NameTaken);

    /// <summary>Conflict: the idempotency key was used with other parameters.</summary>
    public const string KeyReused = nameof(KeyReused);

    /// <summary>Conflict: another operation on the cluster is under way. The engine queues what meets it.</summary>
    public const string ClusterBusy = nameof(ClusterBusy);

    /// <summary>Conflict: the cluster has no API server yet, or any more.</summary>
    public const string ClusterNotReady = nameof(ClusterNotReady);

    /// <summary>Conflict: the pool has another instance type or market than asked for, which cannot be changed.</summary>
    public const string PoolDiffers = nameof(PoolDiffers);

    /// <summary>InvalidArgument: the provider does not offer the version of Kubernetes; the message names those it does.</summary>
    public const string VersionNotOffered = nameof(VersionNotOffered);

    /// <summary>NotFound: the creation left nothing; create again with the same key.</summary>
    public const string NothingCreated = nameof(NothingCreated);

    /// <summary>Unavailable: cluster or pool ended in a state that it cannot leave while it was waited for.</summary>
    public const string TerminalState = nameof(TerminalState);

    /// <summary>InvalidArgument: the token is not one of an operation.</summary>
    public const string BadOperationToken = nameof(BadOperationToken);
}
