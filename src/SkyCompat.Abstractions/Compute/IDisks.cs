namespace SkyCompat.Compute;

/// <summary>Disks that outlive instances.</summary>
public interface IDisks
{
    /// <summary>Makes a disk and waits until it is ready; returns the one of that name if there is one.</summary>
    /// <param name="spec">Which.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The disk.</returns>
    Task<Disk> CreateAsync(DiskSpec spec, CancellationToken cancellationToken = default);

    /// <summary>Looks a disk up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The disk; null if there is none.</returns>
    Task<Disk?> TryGetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists the disks that this library made.</summary>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The disks, in no order.</returns>
    IAsyncEnumerable<Disk> ListAsync(string? region = null, CancellationToken cancellationToken = default);

    /// <summary>Attaches a disk and waits until it is; success if it is attached there already.</summary>
    /// <param name="id">The disk.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The disk.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Conflict"/>: it is attached to another instance.</exception>
    Task<Disk> AttachAsync(string id, string instanceId, CancellationToken cancellationToken = default);

    /// <summary>Detaches a disk and waits until it is free; success if it is.</summary>
    /// <param name="id">The disk.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The disk.</returns>
    Task<Disk> DetachAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Deletes a disk and its content; success if there is none.</summary>
    /// <param name="id">The disk.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Conflict"/>: it is attached.</exception>
    Task DeleteAsync(string id, CancellationToken cancellationToken = default);
}
