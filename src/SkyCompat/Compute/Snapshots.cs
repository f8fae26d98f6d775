namespace SkyCompat.Compute;

/// <summary>Snapshots, by the engine: idempotent by name, and waited for.</summary>
internal sealed class Snapshots(ComputeCalls calls, ClientTokens tokens, string owner) : ISnapshots
{
    public Task<DiskSnapshot> CreateAsync(string diskId, string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(diskId);
        ComputeChecks.CheckName(name, nameof(name));
        return calls.TraceAsync("CreateSnapshot", name, token => CreateUntracedAsync(diskId, name, token), cancellationToken);
    }

    public IAsyncEnumerable<DiskSnapshot> ListAsync(string? region = null, CancellationToken cancellationToken = default) =>
        calls.ListAsync("ListSnapshots", region, (driver, page, token) => driver.Snapshots!.ListPageAsync(region ?? driver.Region, page, token), cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        tokens.Deleted(id);
        return calls.TraceAsync("DeleteSnapshot", id, traced => calls.SendAsync("DeleteSnapshot", id, (driver, token) => driver.Snapshots!.DeleteAsync(id, token), traced), cancellationToken);
    }

    private async Task<DiskSnapshot> CreateUntracedAsync(string diskId, string name, CancellationToken cancellationToken)
    {
        var disk = await calls.SendAsync("GetDisk", diskId, (driver, token) => driver.Disks!.TryGetAsync(diskId, token), cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, "There is no such disk.") { Resource = diskId };
        var id = await FindAsync(disk, name, cancellationToken).ConfigureAwait(false);
        if (id is null)
        {
            var clientToken = Fingerprint.Of(32, ["snapshot", owner, diskId, name]);
            var (made, seen) = await tokens.UseAsync(
                clientToken,
                (one, ct) => calls.SendAsync("CreateSnapshot", name, (driver, attempt) => driver.Snapshots!.CreateAsync(diskId, name, one, OwnedTags.Named(owner, name), attempt), ct),
                snapshot => snapshot.Id,
                (snapshot, ct) => LookAsync(snapshot.Id, ct),
                cancellationToken).ConfigureAwait(false);
            if (seen is { IsReady: true })
            {
                return seen;
            }

            id = made.Id;
        }

        return await calls.UntilAsync(
            $"Snapshot '{name}'",
            async token => await LookAsync(id, token).ConfigureAwait(false) is { } snapshot ? (snapshot.IsReady, snapshot) : (false, null!),
            cancellationToken).ConfigureAwait(false);
    }

    private Task<DiskSnapshot?> LookAsync(string id, CancellationToken cancellationToken) =>
        calls.SendAsync("GetSnapshot", id, (driver, token) => driver.Snapshots!.TryGetAsync(id, token), cancellationToken);

    private async Task<string?> FindAsync(Disk disk, string name, CancellationToken cancellationToken)
    {
        await foreach (var snapshot in ListAsync(disk.Location.Region, cancellationToken).ConfigureAwait(false))
        {
            if (snapshot.Tags.Has(ComputeTags.Owner, owner) && snapshot.Tags.Has(ComputeTags.Key, name))
            {
                return snapshot.DiskId is null || snapshot.DiskId == disk.Id
                    ? snapshot.Id
                    : throw new CloudException(CloudErrorCode.Conflict, $"The snapshot '{name}' is of disk '{snapshot.DiskId}'. Choose another name.") { Reason = ComputeErrorReasons.KeyReused };
            }
        }

        return null;
    }
}
