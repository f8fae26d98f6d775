using System.Runtime.CompilerServices;
namespace SkyCompat.Compute;

/// <summary>Finds what this library made and nothing needs, and removes it: instances first, as they hold the rest.</summary>
internal sealed class Sweeper(ComputeCalls calls, InstanceDirectory directory, InstanceActions actions)
{
    private const string InstanceKind = "instance";

    public async IAsyncEnumerable<SweepResult> SweepAsync(SweepOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var region in options.Regions.Count > 0 ? options.Regions : [calls.Driver.Region])
        {
            var live = new List<Instance>();
            await foreach (var instance in ListInstancesAsync(region, cancellationToken).ConfigureAwait(false))
            {
                var resource = new OwnedResource(InstanceKind, instance.Id, instance.Location) { IdempotencyKey = instance.Tags.GetValueOrDefault(ComputeTags.Key), CreatedAt = instance.CreatedAt };
                var wanted = options.KeepKeys is not { } keys || (resource.IdempotencyKey is { } key && keys.Contains(key));
                if (wanted || IsYoung(resource, options))
                {
                    live.Add(instance);
                    yield return new SweepResult(resource, SweepOutcome.Kept);
                    continue;
                }

                var result = await RemoveAsync(resource, options, RemoveInstanceAsync, cancellationToken).ConfigureAwait(false);
                if (result.Outcome == SweepOutcome.Failed)
                {
                    live.Add(instance);
                }

                yield return result;
            }

            await foreach (var (resource, remove) in ListOthersAsync(region, live, options, cancellationToken).ConfigureAwait(false))
            {
                yield return resource.InUse || IsYoung(resource, options)
                    ? new SweepResult(resource, SweepOutcome.Kept)
                    : await RemoveAsync(resource, options, remove, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async IAsyncEnumerable<Instance> ListInstancesAsync(string region, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new InstanceQuery { Regions = [region], Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = directory.Owner } };
        await foreach (var instance in directory.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (instance.Phase is not (InstancePhase.Gone or InstancePhase.Deleting))
            {
                yield return instance;
            }
        }
    }

    /// <summary>Everything but instances, with what removes it. Disks, snapshots and addresses may hold data or be known to others: they count only where the caller said which are wanted.</summary>
    private async IAsyncEnumerable<(OwnedResource Resource, Func<OwnedResource, CancellationToken, Task> Remove)> ListOthersAsync(
        string region, List<Instance> live, SweepOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var driver = calls.Driver;
        foreach (var leftover in await calls.SendAsync("ListLeftovers", region, (d, token) => d.ListLeftoversAsync(directory.Owner, region, token), cancellationToken).ConfigureAwait(false))
        {
            yield return (leftover, (resource, token) => calls.SendAsync("DeleteLeftover", resource.Id, (d, ct) => d.DeleteLeftoverAsync(resource, ct), token));
        }

        if (options.KeepKeys is { } keys)
        {
            if (driver.Disks is not null)
            {
                await foreach (var disk in calls.ListAsync("ListDisks", region, (d, page, token) => d.Disks!.ListPageAsync(region, page, token), cancellationToken).ConfigureAwait(false))
                {
                    if (Own(disk.Tags) is { } key)
                    {
                        yield return (new OwnedResource("disk", disk.Id, disk.Location) { IdempotencyKey = key, CreatedAt = disk.CreatedAt, InUse = disk.AttachedTo is not null || keys.Contains(key) },
                            (resource, token) => calls.SendAsync("DeleteDisk", resource.Id, (d, ct) => d.Disks!.DeleteAsync(resource.Id, ct), token));
                    }
                }
            }

            if (driver.Snapshots is not null)
            {
                await foreach (var snapshot in calls.ListAsync("ListSnapshots", region, (d, page, token) => d.Snapshots!.ListPageAsync(region, page, token), cancellationToken).ConfigureAwait(false))
                {
                    if (Own(snapshot.Tags) is { } key)
                    {
                        yield return (new OwnedResource("snapshot", snapshot.Id, snapshot.Location) { IdempotencyKey = key, CreatedAt = snapshot.CreatedAt, InUse = keys.Contains(key) },
                            (resource, token) => calls.SendAsync("DeleteSnapshot", resource.Id, (d, ct) => d.Snapshots!.DeleteAsync(resource.Id, ct), token));
                    }
                }
            }

            if (driver.Addresses is not null)
            {
                await foreach (var address in calls.ListAsync("ListAddresses", region, (d, page, token) => d.Addresses!.ListPageAsync(region, page, token), cancellationToken).ConfigureAwait(false))
                {
                    if (Own(address.Tags) is { } key)
                    {
                        yield return (new OwnedResource("address", address.Id, address.Location) { IdempotencyKey = key, InUse = address.AttachedTo is not null || keys.Contains(key) },
                            (resource, token) => calls.SendAsync("ReleaseAddress", resource.Id, (d, ct) => d.Addresses!.ReleaseAsync(resource.Id, ct), token));
                    }
                }
            }
        }

        if (driver.Firewalls is not null)
        {
            await foreach (var group in calls.ListAsync("ListFirewallGroups", region, (d, page, token) => d.Firewalls!.ListPageAsync(region, page, token), cancellationToken).ConfigureAwait(false))
            {
                if (group.Name.StartsWith(ComputeTags.Prefix, StringComparison.Ordinal) && group.Tags.GetValueOrDefault(ComputeTags.Owner) == directory.Owner)
                {
                    var used = live.Exists(instance => instance.Tags.GetValueOrDefault(ComputeTags.Firewall) == group.Name);
                    yield return (new OwnedResource("firewall", group.Name, new CloudLocation(group.Region)) { InUse = used },
                        (resource, token) => calls.SendAsync("DeleteFirewallGroup", resource.Id, (d, ct) => d.Firewalls!.DeleteAsync(resource.Id, region, ct), token));
                }
            }
        }

        if (driver.KeyPairs is not null)
        {
            await foreach (var pair in calls.ListAsync("ListKeyPairs", region, (d, page, token) => d.KeyPairs!.ListPageAsync(region, page, token), cancellationToken).ConfigureAwait(false))
            {
                if (pair.Name.StartsWith(ComputeTags.Prefix, StringComparison.Ordinal) && pair.Tags.GetValueOrDefault(ComputeTags.Owner) == directory.Owner)
                {
                    yield return (new OwnedResource("key-pair", pair.Name, new CloudLocation(pair.Region)) { InUse = live.Count > 0 },
                        (resource, token) => calls.SendAsync("DeleteKeyPair", resource.Id, (d, ct) => d.KeyPairs!.DeleteAsync(resource.Id, region, ct), token));
                }
            }
        }
    }

    private string? Own(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault(ComputeTags.Owner) == directory.Owner ? tags.GetValueOrDefault(ComputeTags.Key) ?? "" : null;

    private bool IsYoung(OwnedResource resource, SweepOptions options) => resource.CreatedAt is { } created && calls.Time.GetUtcNow() - created < options.MinAge;

    private async Task RemoveInstanceAsync(OwnedResource resource, CancellationToken cancellationToken) =>
        await new ComputeOperation(calls, directory, actions, await actions.ActAsync(resource.Id, InstanceAction.Terminate, cancellationToken).ConfigureAwait(false)).WaitAsync(null, cancellationToken).ConfigureAwait(false);

    private static async Task<SweepResult> RemoveAsync(OwnedResource resource, SweepOptions options, Func<OwnedResource, CancellationToken, Task> remove, CancellationToken cancellationToken)
    {
        if (options.DryRun)
        {
            return new SweepResult(resource, SweepOutcome.WouldRemove);
        }

        try
        {
            await remove(resource, cancellationToken).ConfigureAwait(false);
            return new SweepResult(resource, SweepOutcome.Removed);
        }
        catch (CloudException exception)
        {
            // One that cannot be removed must not keep the others.
            return new SweepResult(resource, SweepOutcome.Failed, exception);
        }
    }
}
