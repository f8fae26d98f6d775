namespace SkyCompat.Workloads;

/// <summary>The namespaces of a cluster and what each may take; found by <see cref="ICloudResource.GetService"/> on <see cref="IWorkloads"/>.</summary>
public interface INamespaces
{
    /// <summary>Makes a namespace, if there is none, and waits the moment until it can be used.</summary>
    /// <param name="name">Its name: one to 63 lower-case letters, digits and hyphens.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>True if it was made, false if there was one.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.PermissionDenied"/>: the caller may not.</exception>
    Task<bool> CreateAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists namespaces. A request per page.</summary>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The namespaces, by name.</returns>
    IAsyncEnumerable<NamespaceInfo> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes a namespace with everything in it, and waits until it is gone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancellationToken">Stops waiting; the deletion goes on.</param>
    /// <returns>True if there was one.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Timeout"/>: it is still there.</exception>
    Task<bool> DeleteAsync(string name, WaitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Limits what all workloads of a namespace may take together. One request.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="quota">The limits.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the cluster has taken them.</returns>
    Task SetQuotaAsync(string name, NamespaceQuota quota, CancellationToken cancellationToken = default);
}
