using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>Key pairs of a provider; as <see cref="ComputeDriver"/>.</summary>
public abstract class KeyPairDriver
{
    /// <summary>Imports a key; a pair of that name with the same key is success, with another AlreadyExists.</summary>
    /// <param name="name">The name.</param>
    /// <param name="publicKey">An OpenSSH public key line.</param>
    /// <param name="region">The region.</param>
    /// <param name="tags">The tags to give it.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The key pair.</returns>
    public abstract Task<KeyPair> ImportAsync(string name, string publicKey, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Lists a page of all key pairs.</summary>
    /// <param name="region">The region.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<KeyPair>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Forgets a key pair; success if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="region">The region.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is forgotten.</returns>
    public abstract Task DeleteAsync(string name, string region, CancellationToken cancellationToken);
}
