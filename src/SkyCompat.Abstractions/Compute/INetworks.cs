namespace SkyCompat.Compute;

/// <summary>Private networks with subnets in portable form, with a way out to the internet.</summary>
public interface INetworks
{
    /// <summary>Makes a network with its subnets; returns the one of that name if there is one.</summary>
    /// <param name="name">The name: lower-case letters, digits and hyphens, at most 60.</param>
    /// <param name="addressRange">A private IPv4 range of 16 to 24 prefix bits, such as <c>10.20.0.0/16</c>.</param>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The network.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.AlreadyExists"/>: a network of that name has another range.</exception>
    Task<MachineNetwork> EnsureAsync(string name, string addressRange, string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the networks that this library made.</summary>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The networks, in no order.</returns>
    IAsyncEnumerable<MachineNetwork> ListAsync(string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a network with its subnets; success if there is none. Waits until it is not listed any more.</summary>
    /// <param name="name">The name.</param>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A task that ends when it is gone.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Conflict"/>: something is in it.</exception>
    Task DeleteAsync(string name, string? region = null, CancellationToken cancellationToken = default);
}
