using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>Reserved addresses of a provider; as <see cref="ComputeDriver"/>.</summary>
public abstract class AddressDriver
{
    /// <summary>Reserves an address. Idempotent by name; the engine has looked for one of that name among those listed before.</summary>
    /// <param name="name">The name.</param>
    /// <param name="region">The region.</param>
    /// <param name="clientToken">The same for the same intent: 32 hexadecimal digits.</param>
    /// <param name="tags">All tags; <c>skycompat-key</c> holds the name.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The address, of which the engine needs the id alone: it looks up the rest.</returns>
    public abstract Task<PublicAddress> ReserveAsync(string name, string region, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Looks an address up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The address; null if there is none.</returns>
    public abstract Task<PublicAddress?> TryGetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists a page of addresses that have the tag <c>skycompat-owner</c>.</summary>
    /// <param name="region">The region.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<PublicAddress>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Leads an address to an instance.</summary>
    /// <param name="id">The address.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public abstract Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken);

    /// <summary>Takes an address from its instance.</summary>
    /// <param name="id">The address.</param>
    /// <param name="instanceId">The instance it leads to.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public abstract Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken);

    /// <summary>Gives an address back; success if there is none.</summary>
    /// <param name="id">The address.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is given back.</returns>
    public abstract Task ReleaseAsync(string id, CancellationToken cancellationToken);
}
