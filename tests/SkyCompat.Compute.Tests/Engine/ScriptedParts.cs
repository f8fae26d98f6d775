using SkyCompat.Drivers;

namespace SkyCompat.Compute.Tests.Engine;

internal sealed class ScriptedDisks(ScriptedCompute cloud) : DiskDriver
{
    public override Task<Disk> CreateAsync(DiskSpec spec, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        Task.FromResult(Of(cloud.Make(clientToken, id => cloud.Things[id] = spec.Name), spec.Name));

    public override Task<Disk?> TryGetAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(id == ScriptedCompute.LastingDisk ? Of(id, "data") : cloud.See(id) is { } name ? Of(id, name) : null);

    public override Task<DriverPage<Disk>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken) => Task.FromResult(new DriverPage<Disk>(cloud.ListedDisks));

    public override Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        cloud.Things.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    private static Disk Of(string id, string name) => new(id, 1, new CloudLocation("here", "a")) { Name = name, IsReady = true };
}

internal sealed class ScriptedSnapshots(ScriptedCompute cloud) : SnapshotDriver
{
    public override Task<DiskSnapshot> CreateAsync(string diskId, string name, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        Task.FromResult(Of(cloud.Make(clientToken, id => cloud.Things[id] = name), name));

    public override Task<DiskSnapshot?> TryGetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(cloud.See(id) is { } name ? Of(id, name) : null);

    public override Task<DriverPage<DiskSnapshot>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken) => Task.FromResult(new DriverPage<DiskSnapshot>([]));

    public override Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        cloud.Things.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    private static DiskSnapshot Of(string id, string name) => new(id, new CloudLocation("here")) { Name = name, IsReady = true };
}

internal sealed class ScriptedAddresses(ScriptedCompute cloud) : AddressDriver
{
    public override Task<PublicAddress> ReserveAsync(string name, string region, string clientToken, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        Task.FromResult(Of(cloud.Make(clientToken, id => cloud.Things[id] = name), name));

    public override Task<PublicAddress?> TryGetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(cloud.See(id) is { } name ? Of(id, name) : null);

    public override Task<DriverPage<PublicAddress>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken) => Task.FromResult(new DriverPage<PublicAddress>([]));

    public override Task AttachAsync(string id, string instanceId, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task DetachAsync(string id, string instanceId, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        cloud.Things.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    private static PublicAddress Of(string id, string name) => new(id, "192.0.2.1", new CloudLocation("here")) { Name = name };
}

internal sealed class ScriptedFirewalls(ScriptedCompute cloud) : FirewallDriver
{
    public override Task<FirewallGroup> EnsureAsync(
        string name, IReadOnlyList<FirewallRule> inbound, string region, string? subnetId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        Task.FromResult(new FirewallGroup(name, name, inbound));

    public override Task<DriverPage<FirewallGroup>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken) =>
        Task.FromResult(new DriverPage<FirewallGroup>([.. cloud.Things.Values.Select(name => new FirewallGroup(name, name, []))]));

    public override Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        cloud.Delete(name);
        return Task.CompletedTask;
    }
}

internal sealed class ScriptedNetworks(ScriptedCompute cloud) : NetworkDriver
{
    public override Task<MachineNetwork> EnsureAsync(string name, string addressRange, string region, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        Task.FromResult(new MachineNetwork(name, name));

    public override Task<DriverPage<MachineNetwork>> ListPageAsync(string region, string? pageToken, CancellationToken cancellationToken) =>
        Task.FromResult(new DriverPage<MachineNetwork>([.. cloud.Things.Values.Select(name => new MachineNetwork(name, name))]));

    public override Task DeleteAsync(string name, string region, CancellationToken cancellationToken)
    {
        cloud.Delete(name);
        return Task.CompletedTask;
    }
}
