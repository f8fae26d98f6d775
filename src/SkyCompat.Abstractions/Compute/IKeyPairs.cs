namespace SkyCompat.Compute;

/// <summary>Named public keys. Private keys never pass through this library.</summary>
public interface IKeyPairs
{
    /// <summary>Makes a key pair known; success if it is there with the same key.</summary>
    /// <param name="name">The name: letters, digits and hyphens.</param>
    /// <param name="publicKey">An OpenSSH public key line.</param>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The key pair.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.AlreadyExists"/>: another key has that name.</exception>
    Task<KeyPair> ImportAsync(string name, string publicKey, string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Lists them.</summary>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The key pairs, in no order.</returns>
    IAsyncEnumerable<KeyPair> ListAsync(string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Forgets one; success if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is forgotten.</returns>
    Task DeleteAsync(string name, string? region = null, CancellationToken cancellationToken = default);
}
