namespace SkyCompat.Compute;

/// <summary>Reserved addresses, by the engine: idempotent by name, and waited for.</summary>
internal sealed class PublicAddresses(ComputeCalls calls, ClientTokens tokens, string owner) : IPublicAddresses
{
    public Task<PublicAddress> ReserveAsync(string name, string? region = null, CancellationToken cancellationToken = default)
    {
        ComputeChecks.CheckName(name, nameof(name));
        return calls.TraceAsync("ReserveAddress", name, token => ReserveUntracedAsync(name, region ?? calls.Driver.Region, token), cancellationToken);
    }

    public IAsyncEnumerable<PublicAddress> ListAsync(string? region = null, CancellationToken cancellationToken = default) =>
        calls.ListAsync("ListAddresses", region, (driver, page, token) => driver.Addresses!.ListPageAsync(region ?? driver.Region, page, token), cancellationToken);

    public Task<PublicAddress> AttachAsync(string id, string instanceId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        return calls.TraceAsync(
            "AttachAddress",
            id,
            async token =>
            {
                var address = await GetAsync(id, token).ConfigureAwait(false);
                if (address.AttachedTo is { } other && other != instanceId)
                {
                    throw new CloudException(CloudErrorCode.Conflict, $"The address leads to instance '{other}'; detach it first.") { Resource = id };
                }

                if (address.AttachedTo is null)
                {
                    await calls.SendAsync("AttachAddress", id, (driver, ct) => driver.Addresses!.AttachAsync(id, instanceId, ct), token).ConfigureAwait(false);
                }

                return await WaitAsync(id, found => found.AttachedTo == instanceId, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task<PublicAddress> DetachAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return calls.TraceAsync(
            "DetachAddress",
            id,
            async token =>
            {
                if ((await GetAsync(id, token).ConfigureAwait(false)).AttachedTo is { } instance)
                {
                    await calls.SendAsync("DetachAddress", id, (driver, ct) => driver.Addresses!.DetachAsync(id, instance, ct), token).ConfigureAwait(false);
                }

                return await WaitAsync(id, found => found.AttachedTo is null, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task ReleaseAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        tokens.Deleted(id);
        return calls.TraceAsync("ReleaseAddress", id, traced => calls.SendAsync("ReleaseAddress", id, (driver, token) => driver.Addresses!.ReleaseAsync(id, token), traced), cancellationToken);
    }

    private async Task<PublicAddress> ReserveUntracedAsync(string name, string region, CancellationToken cancellationToken)
    {
        await foreach (var address in ListAsync(region, cancellationToken).ConfigureAwait(false))
        {
            if (address.Tags.Has(ComputeTags.Owner, owner) && address.Tags.Has(ComputeTags.Key, name))
            {
                return address;
            }
        }

        var clientToken = Fingerprint.Of(32, ["address", owner, name, region]);
        var (made, seen) = await tokens.UseAsync(
            clientToken,
            (one, ct) => calls.SendAsync("ReserveAddress", name, (driver, attempt) => driver.Addresses!.ReserveAsync(name, region, one, OwnedTags.Named(owner, name), attempt), ct),
            address => address.Id,
            (address, ct) => LookAsync(address.Id, ct),
            cancellationToken).ConfigureAwait(false);
        return seen ?? made;
    }

    private Task<PublicAddress?> LookAsync(string id, CancellationToken cancellationToken) =>
        calls.SendAsync("GetAddress", id, (driver, token) => driver.Addresses!.TryGetAsync(id, token), cancellationToken);

    private async Task<PublicAddress> GetAsync(string id, CancellationToken cancellationToken) =>
        await LookAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new CloudException(CloudErrorCode.NotFound, "There is no such address.") { Resource = id };

    private Task<PublicAddress> WaitAsync(string id, Func<PublicAddress, bool> done, CancellationToken cancellationToken) =>
        calls.UntilAsync(
            $"The wanted state of address '{id}'",
            async token =>
            {
                var address = await GetAsync(id, token).ConfigureAwait(false);
                return (done(address), address);
            },
            cancellationToken);
}
