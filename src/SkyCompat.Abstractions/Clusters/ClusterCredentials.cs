namespace SkyCompat.Clusters;

/// <summary>A credential that is renewed in this process before it ends.</summary>
/// <remarks>Safe for use by many threads; many callers at once share one renewal.</remarks>
public abstract class ClusterCredentials
{
    /// <summary>Gives a credential that is good for at least a minute. No request while the last one is.</summary>
    /// <param name="cancellationToken">Stops waiting for a renewal, not the renewal that others wait for.</param>
    /// <returns>The credential.</returns>
    /// <exception cref="CloudException">It could not be renewed.</exception>
    public abstract ValueTask<ClusterCredential> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets a credential that the API server refused with 401, so that the next call renews it. Does nothing if it was renewed meanwhile.</summary>
    /// <param name="refused">The refused credential.</param>
    public abstract void Invalidate(ClusterCredential refused);
}
