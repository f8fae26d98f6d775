using SkyCompat.Clusters;

namespace SkyCompat.Drivers;

/// <summary>What an adapter implements for the clusters of one cloud. No retries, no checks, no waiting, no telemetry: those are the engine's.</summary>
/// <remarks>Raises <see cref="CloudException"/> with the code, reason, scope and transience of its error table. Safe for use by many threads.</remarks>
public abstract class ClusterDriver : IAsyncDisposable
{
    /// <summary>The provider.</summary>
    public abstract CloudProvider Provider { get; }

    /// <summary>How long to wait between two looks at something that changes.</summary>
    /// <value>Default: 15 seconds.</value>
    public virtual TimeSpan PollInterval => TimeSpan.FromSeconds(15);

    /// <summary>The host and port that requests go to, for telemetry; null if there is none.</summary>
    public virtual string? ServerAddress => null;

    /// <summary>Looks up where a cluster's API server is.</summary>
    /// <param name="name">The cluster.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The address and the certificate authority; <see cref="GetCredentialAsync"/> gives the credential, which the engine keeps and renews.</returns>
    public abstract Task<ClusterEndpoint> GetEndpointAsync(string name, CancellationToken cancellationToken);

    /// <summary>Gets a new credential for a cluster.</summary>
    /// <param name="name">The cluster.</param>
    /// <param name="endpoint">Where its API server is.</param>
    /// <param name="cancellationToken">Stops the request, if one is needed.</param>
    /// <returns>The credential, with its end where that is known.</returns>
    public abstract Task<ClusterCredential> GetCredentialAsync(string name, ClusterEndpoint endpoint, CancellationToken cancellationToken);

    /// <summary>The namespace that a cluster is set up to be used with, such as by a kubeconfig's context.</summary>
    /// <param name="name">The cluster.</param>
    /// <returns>The namespace; null if there is none. No request.</returns>
    public virtual string? GetDefaultNamespace(string name) => null;

    /// <summary>Finds the native client beneath.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <returns>The client, or null.</returns>
    public virtual object? GetService(Type serviceType) => null;

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
