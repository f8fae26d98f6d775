namespace SkyCompat.Compute;

/// <summary>Public addresses that outlive instances.</summary>
public interface IPublicAddresses
{
    /// <summary>Reserves an address; returns the one of that name if there is one.</summary>
    /// <param name="name">As <see cref="DiskSpec.Name"/>.</param>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The address.</returns>
    Task<PublicAddress> ReserveAsync(string name, string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the addresses that this library reserved.</summary>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The addresses, in no order.</returns>
    IAsyncEnumerable<PublicAddress> ListAsync(string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Leads an address to an instance; success if it does already.</summary>
    /// <param name="id">The address.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The address.</returns>
    Task<PublicAddress> AttachAsync(string id, string instanceId, CancellationToken cancellationToken = default);

    /// <summary>Takes an address from its instance; success if it has none.</summary>
    /// <param name="id">The address.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The address.</returns>
    Task<PublicAddress> DetachAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gives an address back; success if there is none.</summary>
    /// <param name="id">The address.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is given back.</returns>
    Task ReleaseAsync(string id, CancellationToken cancellationToken = default);
}
