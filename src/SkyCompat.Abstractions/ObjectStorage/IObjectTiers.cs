namespace SkyCompat.ObjectStorage;

/// <summary>Storage tiers of objects. Found with <see cref="ICloudResource.GetService"/>.</summary>
public interface IObjectTiers
{
    /// <summary>Moves an object to another tier. One request; providers may bill an early deletion or a read.</summary>
    /// <param name="key">The key.</param>
    /// <param name="tier">The new tier.</param>
    /// <param name="cancellationToken">Stops waiting; the tier may have changed.</param>
    /// <returns>A task that ends when the provider has taken the change.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>; <see cref="CloudErrorCode.Conflict"/> (<see cref="ObjectStorageErrorReasons.ObjectArchived"/>).</exception>
    Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken = default);
}
