namespace SkyCompat.ObjectStorage;

/// <summary>Versions of a bucket's objects. Found with <see cref="ICloudResource.GetService"/>. A version is read with <see cref="GetOptions.VersionId"/> and deleted with <see cref="DeleteOptions.VersionId"/>.</summary>
public interface IBucketVersions
{
    /// <summary>Reads whether the bucket keeps versions. One request.</summary>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The state.</returns>
    Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken = default);

    /// <summary>Switches the keeping of versions on (<see cref="VersioningState.Enabled"/>) or off (<see cref="VersioningState.Suspended"/>). One request.</summary>
    /// <param name="state">The new state; <see cref="VersioningState.Disabled"/> cannot be gone back to.</param>
    /// <param name="cancellationToken">Stops waiting; the state may have changed.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/> for <see cref="VersioningState.Disabled"/>.</exception>
    Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken = default);

    /// <summary>Lists one page of versions and delete markers. One request.</summary>
    /// <param name="options">Prefix, page size and token; null for everything.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions? options = null, CancellationToken cancellationToken = default);
}
