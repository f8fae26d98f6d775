namespace SkyCompat.Compute;

/// <summary>Snapshots of disks.</summary>
public interface ISnapshots
{
    /// <summary>Takes a snapshot and waits until it is complete; returns the one of that name if there is one.</summary>
    /// <param name="diskId">The disk.</param>
    /// <param name="name">As <see cref="DiskSpec.Name"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The snapshot.</returns>
    Task<DiskSnapshot> CreateAsync(string diskId, string name, CancellationToken cancellationToken = default);

    /// <summary>Lists the snapshots that this library took.</summary>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The snapshots, in no order.</returns>
    IAsyncEnumerable<DiskSnapshot> ListAsync(string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a snapshot; success if there is none.</summary>
    /// <param name="id">The snapshot.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    Task DeleteAsync(string id, CancellationToken cancellationToken = default);
}
