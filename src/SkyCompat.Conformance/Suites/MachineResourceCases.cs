using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance.Suites;

/// <summary>What instances need and what outlives them: keys, firewall groups, networks, disks, snapshots, addresses.</summary>
internal static class MachineResourceCases
{
    private const string OtherKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKQm8n8Gv3l3Q1x0z4aJv9m6n1w7y2d5s8f3h6k9p2r5 other";

    public static IReadOnlyList<ComputeCase> All { get; } =
    [
        new("keys.import", "A key pair is imported once, listed and forgotten", Keys) { Requires = ComputeFeatures.KeyPairs },
        new("keys.other", "Another key of the same name is AlreadyExists", OtherKeyOfName) { Requires = ComputeFeatures.KeyPairs },
        new("firewall.ensure", "A firewall group comes to have exactly the rules asked for", Firewall) { Requires = ComputeFeatures.Firewall },
        new("firewall.delete.missing", "Deleting a group that is not there is success", (c, t) => c.Service<IFirewallGroups>().DeleteAsync(c.Harness.NewKey("fw"), cancellationToken: t)) { Requires = ComputeFeatures.Firewall },
        new("network.ensure", "A network is made once, with subnets that instances can be in, and deleted", Network) { Requires = ComputeFeatures.Networks },
        new("network.range.bad", "A range that is none is refused before any request", BadRange) { Requires = ComputeFeatures.Networks },
        new("disk.life", "A disk is made once, attached, detached and deleted", DiskLife) { Requires = ComputeFeatures.Disks },
        new("disk.taken", "A disk that another instance has is a conflict", DiskTaken) { Requires = ComputeFeatures.Disks },
        new("disk.other-size", "A disk of the same name and another size is a conflict", OtherSize) { Requires = ComputeFeatures.Disks },
        new("disk.again", "A disk of the name of one that was deleted is new, each time", DiskAgain) { Requires = ComputeFeatures.Disks },
        new("snapshot.life", "A snapshot is taken once, a disk made from it, and it is deleted", SnapshotLife) { Requires = ComputeFeatures.Disks | ComputeFeatures.Snapshots },
        new("address.life", "An address is reserved once, led to an instance, taken from it and released", AddressLife) { Requires = ComputeFeatures.ReservedAddresses },
        new("address.again", "An address of the name of one that was released is there again, each time", AddressAgain) { Requires = ComputeFeatures.ReservedAddresses },
    ];

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            all.Add(item);
        }

        return all;
    }

    private static async Task Keys(ComputeContext context, CancellationToken cancellationToken)
    {
        var keys = context.Service<IKeyPairs>();
        var name = context.Harness.NewKey("key");
        await keys.ImportAsync(name, LaunchCases.PublicKey, cancellationToken: cancellationToken);
        await keys.ImportAsync(name, LaunchCases.PublicKey, cancellationToken: cancellationToken);
        Expect.Equal(1, (await ListAsync(keys.ListAsync(cancellationToken: cancellationToken), cancellationToken)).Count(pair => pair.Name == name));
        await keys.DeleteAsync(name, cancellationToken: cancellationToken);
        await keys.DeleteAsync(name, cancellationToken: cancellationToken);
        Expect.Equal(0, (await ListAsync(keys.ListAsync(cancellationToken: cancellationToken), cancellationToken)).Count(pair => pair.Name == name));
    }

    private static async Task OtherKeyOfName(ComputeContext context, CancellationToken cancellationToken)
    {
        var keys = context.Service<IKeyPairs>();
        var name = context.Harness.NewKey("key");
        await keys.ImportAsync(name, LaunchCases.PublicKey, cancellationToken: cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.AlreadyExists, null, () => keys.ImportAsync(name, OtherKey, cancellationToken: cancellationToken));
        await keys.DeleteAsync(name, cancellationToken: cancellationToken);
    }

    private static async Task Firewall(ComputeContext context, CancellationToken cancellationToken)
    {
        var firewalls = context.Service<IFirewallGroups>();
        var name = context.Harness.NewKey("fw");
        IReadOnlyList<FirewallRule> first = [FirewallRule.Tcp(22, "203.0.113.0/24"), FirewallRule.Tcp(80), new(FirewallProtocol.Udp, 5000, 5010), new(FirewallProtocol.Icmp, 0, 0)];
        IReadOnlyList<FirewallRule> second = [FirewallRule.Tcp(443), FirewallRule.Tcp(22, "203.0.113.0/24")];
        foreach (var rules in (IReadOnlyList<FirewallRule>[])[first, first, second])
        {
            await firewalls.EnsureAsync(name, rules, cancellationToken: cancellationToken);
            var group = (await ListAsync(firewalls.ListAsync(cancellationToken: cancellationToken), cancellationToken)).Single(item => item.Name == name);
            Expect.Sequence(rules.Select(rule => rule.ToString()).Order(StringComparer.Ordinal), group.Inbound.Select(rule => rule.ToString()).Order(StringComparer.Ordinal), "the rules");
        }

        await firewalls.DeleteAsync(name, cancellationToken: cancellationToken);
        Expect.True((await ListAsync(firewalls.ListAsync(cancellationToken: cancellationToken), cancellationToken)).TrueForAll(item => item.Name != name));
    }

    private static async Task Network(ComputeContext context, CancellationToken cancellationToken)
    {
        var networks = context.Service<INetworks>();
        var name = context.Harness.NewKey("net");
        var network = await networks.EnsureAsync(name, "10.77.0.0/16", cancellationToken: cancellationToken);
        Expect.Equal(network.Id, (await networks.EnsureAsync(name, "10.77.0.0/16", cancellationToken: cancellationToken)).Id);
        await Expect.FailsAsync([(CloudErrorCode.AlreadyExists, null), (CloudErrorCode.Conflict, null)], () => networks.EnsureAsync(name, "10.78.0.0/16", cancellationToken: cancellationToken));
        Expect.Equal(1, (await ListAsync(networks.ListAsync(cancellationToken: cancellationToken), cancellationToken)).Count(item => item.Name == name));
        Expect.True(network.SubnetIds.Count > 0);
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var subnet = network.SubnetIds.GetValueOrDefault(offer.Location.Zone ?? "") ?? network.SubnetIds.GetValueOrDefault("");
        var instance = (await context.Compute.LaunchAndWaitAsync(context.Spec() with { SubnetId = Expect.NotNull(subnet) }, offer, cancellationToken)).Single();
        Expect.True(instance.PrivateAddresses.Any(address => address.StartsWith("10.77.", StringComparison.Ordinal)), $"{string.Join(", ", instance.PrivateAddresses)} is in the network");
        await Expect.FailsAsync(CloudErrorCode.Conflict, null, () => networks.DeleteAsync(name, cancellationToken: cancellationToken));
        await context.ActAsync(instance.Id, InstanceAction.Terminate, cancellationToken);
        await networks.DeleteAsync(name, cancellationToken: cancellationToken);
        await networks.DeleteAsync(name, cancellationToken: cancellationToken);
        Expect.Equal(0, (await ListAsync(networks.ListAsync(cancellationToken: cancellationToken), cancellationToken)).Count(item => item.Name == name));
    }

    private static async Task BadRange(ComputeContext context, CancellationToken cancellationToken)
    {
        foreach (var range in (string[])["10.0.0.0/8", "10.0.0.0", "hello", "10.0.0.1/16", "fd00::/48"])
        {
            await Expect.ThrowsAsync<ArgumentException>(() => context.Service<INetworks>().EnsureAsync(context.Harness.NewKey("net"), range, cancellationToken: cancellationToken), range);
        }
    }

    private static async Task DiskLife(ComputeContext context, CancellationToken cancellationToken)
    {
        var disks = context.Service<IDisks>();
        var instance = await context.RunningAsync(cancellationToken);
        var spec = new DiskSpec(context.Harness.NewKey("disk"), 10, instance.Location);
        var disk = await disks.CreateAsync(spec, cancellationToken);
        Expect.Equal(disk.Id, (await disks.CreateAsync(spec, cancellationToken)).Id);
        Expect.Equal(10, disk.SizeGiB);
        Expect.Null(disk.AttachedTo);
        Expect.Equal(instance.Id, (await disks.AttachAsync(disk.Id, instance.Id, cancellationToken)).AttachedTo);
        Expect.Equal(instance.Id, (await disks.AttachAsync(disk.Id, instance.Id, cancellationToken)).AttachedTo);
        await Expect.FailsAsync(CloudErrorCode.Conflict, null, () => disks.DeleteAsync(disk.Id, cancellationToken));
        Expect.Null((await disks.DetachAsync(disk.Id, cancellationToken)).AttachedTo);
        Expect.Null((await disks.DetachAsync(disk.Id, cancellationToken)).AttachedTo);
        await disks.DeleteAsync(disk.Id, cancellationToken);
        await disks.DeleteAsync(disk.Id, cancellationToken);
    }

    private static async Task DiskTaken(ComputeContext context, CancellationToken cancellationToken)
    {
        var disks = context.Service<IDisks>();
        var (first, second) = (await context.RunningAsync(cancellationToken), await context.RunningAsync(cancellationToken));
        var disk = await disks.CreateAsync(new DiskSpec(context.Harness.NewKey("disk"), 10, first.Location), cancellationToken);
        await disks.AttachAsync(disk.Id, first.Id, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.Conflict, null, () => disks.AttachAsync(disk.Id, second.Id, cancellationToken));
        await disks.DetachAsync(disk.Id, cancellationToken);
        await disks.DeleteAsync(disk.Id, cancellationToken);
    }

    private static async Task OtherSize(ComputeContext context, CancellationToken cancellationToken)
    {
        var disks = context.Service<IDisks>();
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = new DiskSpec(context.Harness.NewKey("disk"), 10, offer.Location);
        var disk = await disks.CreateAsync(spec, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.Conflict, ComputeErrorReasons.KeyReused, () => disks.CreateAsync(spec with { SizeGiB = 20 }, cancellationToken));
        await disks.DeleteAsync(disk.Id, cancellationToken);
    }

    private static async Task SnapshotLife(ComputeContext context, CancellationToken cancellationToken)
    {
        var (disks, snapshots) = (context.Service<IDisks>(), context.Service<ISnapshots>());
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var disk = await disks.CreateAsync(new DiskSpec(context.Harness.NewKey("disk"), 10, offer.Location), cancellationToken);
        var name = context.Harness.NewKey("snap");
        var snapshot = await snapshots.CreateAsync(disk.Id, name, cancellationToken);
        Expect.Equal(snapshot.Id, (await snapshots.CreateAsync(disk.Id, name, cancellationToken)).Id);
        Expect.Equal(1, (await ListAsync(snapshots.ListAsync(cancellationToken: cancellationToken), cancellationToken)).Count(item => item.Id == snapshot.Id));
        var copy = await disks.CreateAsync(new DiskSpec(context.Harness.NewKey("disk"), 10, offer.Location) { SnapshotId = snapshot.Id }, cancellationToken);
        Expect.NotEqual(disk.Id, copy.Id);
        foreach (var id in (string[])[copy.Id, disk.Id])
        {
            await disks.DeleteAsync(id, cancellationToken);
        }

        await snapshots.DeleteAsync(snapshot.Id, cancellationToken);
        await snapshots.DeleteAsync(snapshot.Id, cancellationToken);
    }

    private static async Task AddressLife(ComputeContext context, CancellationToken cancellationToken)
    {
        var addresses = context.Service<IPublicAddresses>();
        var name = context.Harness.NewKey("ip");
        var address = await addresses.ReserveAsync(name, cancellationToken: cancellationToken);
        Expect.Equal(address.Id, (await addresses.ReserveAsync(name, cancellationToken: cancellationToken)).Id);
        var instance = await context.RunningAsync(cancellationToken);
        Expect.Equal(instance.Id, (await addresses.AttachAsync(address.Id, instance.Id, cancellationToken)).AttachedTo);
        var seen = await context.Compute.GetInstanceAsync(instance.Id, cancellationToken);
        Expect.True(seen.PublicAddresses.Contains(address.Address, StringComparer.Ordinal), $"{address.Address} is among {string.Join(", ", seen.PublicAddresses)}");
        Expect.Null((await addresses.DetachAsync(address.Id, cancellationToken)).AttachedTo);
        await addresses.ReleaseAsync(address.Id, cancellationToken);
        await addresses.ReleaseAsync(address.Id, cancellationToken);
        Expect.True((await ListAsync(addresses.ListAsync(cancellationToken: cancellationToken), cancellationToken)).TrueForAll(item => item.Id != address.Id));
    }

    private static async Task DiskAgain(ComputeContext context, CancellationToken cancellationToken)
    {
        var disks = context.Service<IDisks>();
        var offer = await context.OfferAsync(Market.OnDemand, cancellationToken);
        var spec = new DiskSpec(context.Harness.NewKey("disk"), 10, offer.Location);
        for (var time = 0; time < 3; time++)
        {
            var disk = await disks.CreateAsync(spec, cancellationToken);
            Expect.True(disk.IsReady, $"{disk.Id} is ready");
            await disks.DeleteAsync(disk.Id, cancellationToken);
            while (await disks.TryGetAsync(disk.Id, cancellationToken) is not null)
            {
                // Deleting is accepted, not done.
                await Task.Yield();
            }
        }
    }

    private static async Task AddressAgain(ComputeContext context, CancellationToken cancellationToken)
    {
        var addresses = context.Service<IPublicAddresses>();
        var name = context.Harness.NewKey("ip");
        for (var time = 0; time < 3; time++)
        {
            var address = await addresses.ReserveAsync(name, cancellationToken: cancellationToken);
            Expect.True(address.Address.Length > 0, "an address is told");
            Expect.Equal(1, (await ListAsync(addresses.ListAsync(cancellationToken: cancellationToken), cancellationToken)).Count(item => item.Id == address.Id));
            await addresses.ReleaseAsync(address.Id, cancellationToken);
        }
    }
}
