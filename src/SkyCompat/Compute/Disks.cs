namespace SkyCompat.Compute;

/// <summary>Disks, by the engine: idempotent by name, and waited for.</summary>
internal sealed class Disks(ComputeCalls calls, ComputeChecks checks, ClientTokens tokens, string owner) : IDisks
{
    public Task<Disk> CreateAsync(DiskSpec spec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ComputeChecks.CheckName(spec.Name, nameof(spec));
        if (spec.SizeGiB < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(spec), spec.SizeGiB, "SizeGiB must be at least 1.");
        }

        checks.CheckTags(spec.Tags);
        checks.Need(spec.SnapshotId is not null, ComputeFeatures.Snapshots);
        return calls.TraceAsync("CreateDisk", spec.Name, token => CreateUntracedAsync(spec, token), cancellationToken);
    }

    public Task<Disk?> TryGetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return calls.TraceAsync("GetDisk", id, token => LookAsync(id, token), cancellationToken);
    }

    public IAsyncEnumerable<Disk> ListAsync(string? region = null, CancellationToken cancellationToken = default) =>
        calls.ListAsync("ListDisks", region, (driver, page, token) => driver.Disks!.ListPageAsync(region ?? driver.Region, page, token), cancellationToken);

    public Task<Disk> AttachAsync(string id, string instanceId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        return calls.TraceAsync("AttachDisk", id, token => AttachUntracedAsync(id, instanceId, token), cancellationToken);
    }

    public Task<Disk> DetachAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return calls.TraceAsync(
            "DetachDisk",
            id,
            async token =>
            {
                if ((await GetAsync(id, token).ConfigureAwait(false)).AttachedTo is { } instance)
                {
                    await calls.SendAsync("DetachDisk", id, (driver, ct) => driver.Disks!.DetachAsync(id, instance, ct), token).ConfigureAwait(false);
                }

                return await WaitAsync(id, disk => disk is { AttachedTo: null, IsReady: true }, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        tokens.Deleted(id);
        return calls.TraceAsync("DeleteDisk", id, traced => calls.SendAsync("DeleteDisk", id, (driver, token) => driver.Disks!.DeleteAsync(id, token), traced), cancellationToken);
    }

    private async Task<Disk> CreateUntracedAsync(DiskSpec spec, CancellationToken cancellationToken)
    {
        await foreach (var disk in ListAsync(spec.Location.Region, cancellationToken).ConfigureAwait(false))
        {
            // A boot disk carries the key of its launch too, but not the name.
            if (disk.Tags.Has(ComputeTags.Owner, owner) && disk.Tags.Has(ComputeTags.Key, spec.Name) && disk.Name == spec.Name)
            {
                if (disk.SizeGiB != spec.SizeGiB)
                {
                    throw new CloudException(CloudErrorCode.Conflict, $"The disk '{spec.Name}' is there with {disk.SizeGiB} GiB, not {spec.SizeGiB}. Choose another name.") { Reason = ComputeErrorReasons.KeyReused };
                }

                // One that was still being deleted is made anew.
                if (await calls.UntilAsync(
                    $"The wanted state of disk '{disk.Id}'",
                    async ct =>
                    {
                        var found = await LookAsync(disk.Id, ct).ConfigureAwait(false);
                        return (found is null or { IsReady: true }, found);
                    },
                    cancellationToken).ConfigureAwait(false) is { } there)
                {
                    return there;
                }

                break;
            }
        }

        var token = Fingerprint.Of(32, ["disk", owner, spec.Name, spec.Location.Region, spec.Location.Zone]);
        var tags = OwnedTags.Named(owner, spec.Name, spec.Tags);
        var (made, seen) = await tokens.UseAsync(
            token,
            (one, ct) => calls.SendAsync("CreateDisk", spec.Name, (driver, attempt) => driver.Disks!.CreateAsync(spec, one, tags, attempt), ct),
            disk => disk.Id,
            (disk, ct) => LookAsync(disk.Id, ct),
            cancellationToken).ConfigureAwait(false);
        return seen is { IsReady: true } ? seen : await WaitAsync(made.Id, disk => disk.IsReady, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Disk> AttachUntracedAsync(string id, string instanceId, CancellationToken cancellationToken)
    {
        var disk = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (disk.AttachedTo is { } other && other != instanceId)
        {
            throw new CloudException(CloudErrorCode.Conflict, $"The disk is attached to instance '{other}'; detach it first.") { Resource = id };
        }

        if (disk.AttachedTo is null)
        {
            await calls.SendAsync("AttachDisk", id, (driver, token) => driver.Disks!.AttachAsync(id, instanceId, token), cancellationToken).ConfigureAwait(false);
        }

        return await WaitAsync(id, found => found.AttachedTo == instanceId, cancellationToken).ConfigureAwait(false);
    }

    private Task<Disk?> LookAsync(string id, CancellationToken cancellationToken) => calls.SendAsync("GetDisk", id, (driver, token) => driver.Disks!.TryGetAsync(id, token), cancellationToken);

    private async Task<Disk> GetAsync(string id, CancellationToken cancellationToken) =>
        await LookAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new CloudException(CloudErrorCode.NotFound, "There is no such disk.") { Resource = id };

    private Task<Disk> WaitAsync(string id, Func<Disk, bool> done, CancellationToken cancellationToken) =>
        calls.UntilAsync(
            $"The wanted state of disk '{id}'",
            async token => await LookAsync(id, token).ConfigureAwait(false) is { } disk ? (done(disk), disk) : (false, null!),
            cancellationToken);
}
