namespace SkyCompat.Google;

/// <summary>Where the access token of a request comes from, and who signs.</summary>
internal abstract class GoogleTokenSource
{
    /// <summary>The token that is good now; null for requests without one. Refreshing it may send requests.</summary>
    public abstract ValueTask<GoogleToken?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Drops a token that the store refused.</summary>
    /// <param name="token">The token.</param>
    /// <returns>True if the next one is another.</returns>
    public virtual bool Forget(GoogleToken token) => false;

    /// <summary>The project that the credentials belong to; null if they do not say.</summary>
    public virtual ValueTask<string?> GetProjectIdAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>The private key of a service account, if the credentials hold one.</summary>
    public virtual ValueTask<BlobSigner?> GetSignerAsync(CancellationToken cancellationToken) => ValueTask.FromResult<BlobSigner?>(null);

    /// <summary>The service account behind the credentials, if there is one and it is known.</summary>
    public virtual ValueTask<string?> GetEmailAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);
}
