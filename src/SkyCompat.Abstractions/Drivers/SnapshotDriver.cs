using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>Snapshots of a provider; as <see cref="DiskDriver"/>.</summary>
public abstract class SnapshotDriver
{
    /// <summary>Asks for a snapshot. Idempotent by name; the engine has looked for one of that name among those listed before.</summary>
    /// <param name="diskId">The disk.</param>
    /// <param name="name">The name.</param>
    /// <param name="clientToken">The same for the same intent: 32 hexadecimal digits.</param>
    /// <param name="tags">All tags; <c>skycompat-key</c> holds the name.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The snapshot, which may not be ready.</returns>
    public abstract Task<DiskSnapshot> CreateAsync(string diskId, string name, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Looks a snapshot up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The snapshot; null if there is none.</returns>
    public abstract Task<DiskSnapshot?> TryGetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists a page of snapshots that have the tag <c>skycompat-owner</c>.</summary>
    /// <param name="region">The region.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<DiskSnapshot>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Deletes a snapshot; success if there is none.</summary>
    /// <param name="id">The snapshot.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public abstract Task DeleteAsync(string id, CancellationToken cancellationToken);
}
