using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>Disks of a provider; as <see cref="ComputeDriver"/>. Nothing here waits: the engine looks until <see cref="Disk.IsReady"/> or <see cref="Disk.AttachedTo"/> is as asked.</summary>
public abstract class DiskDriver
{
    /// <summary>Asks for a disk. Idempotent by name; the engine has looked for one of that name among those listed before.</summary>
    /// <param name="spec">Which.</param>
    /// <param name="clientToken">The same for the same intent: 32 hexadecimal digits.</param>
    /// <param name="tags">All tags; <c>skycompat-key</c> holds the name.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The disk, which may not be ready.</returns>
    public abstract Task<Disk> CreateAsync(DiskSpec spec, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken);

    /// <summary>Looks a disk up.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The disk; null if there is none.</returns>
    public abstract Task<Disk?> TryGetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists a page of disks that have the tag <c>skycompat-owner</c>, boot disks included.</summary>
    /// <param name="region">The region.</param>
    /// <param name="pageToken">The page; null for the first.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>One page.</returns>
    public abstract Task<DriverPage<Disk>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Asks to attach a free disk.</summary>
    /// <param name="id">The disk.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public abstract Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken);

    /// <summary>Asks to detach a disk.</summary>
    /// <param name="id">The disk.</param>
    /// <param name="instanceId">The instance it is attached to.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public abstract Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken);

    /// <summary>Deletes a disk; success if there is none, Conflict if it is attached.</summary>
    /// <param name="id">The disk.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when it is accepted.</returns>
    public abstract Task DeleteAsync(string id, CancellationToken cancellationToken);
}
