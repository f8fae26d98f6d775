using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>Networks of a provider; as <see cref="ComputeDriver"/>.</summary>
public abstract class NetworkDriver
{
    /// <summary>Makes a network with its subnets and a way out, or finds the one of that name. Several requests, each safe to repeat.</summary>
    /// <param name="name">The name.</param>
    /// <param name="addressRange">The range.</param>
    /// <param name="region">The region.</param>
    /// <param name="tags">The tags to give it.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The network.</returns>
    public abstract Task<MachineNetwork> EnsureAsync(string name, string addressRange, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Lists a page of networks that have the tag <c>skycompat-owner</c>, or its stand-in.</summary>
    /// <param name="region">The region.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<MachineNetwork>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Deletes a network with its subnets; success if there is none, Conflict if something is in it. The engine asks again until it is not listed any more, so it is listed while it is being deleted.</summary>
    /// <param name="name">The name.</param>
    /// <param name="region">The region.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public abstract Task DeleteAsync(string name, string region, CancellationToken cancellationToken);
}
