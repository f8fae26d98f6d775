using SkyCompat.Drivers;
using static SkyCompat.Compute.Tests.Coverage.CoverageOperations;

namespace SkyCompat.Compute.Tests.Coverage;

/// <summary>Asks a driver for everything that it can do, each at least once.</summary>
internal sealed class CoverageWalk(CoverageCloud cloud, CoverageTable table)
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    private const string OwnerName = "coverage";

    private static readonly Dictionary<string, string> Shared = new(StringComparer.Ordinal) { [ComputeTags.Owner] = OwnerName };

    private readonly ComputeDriver _driver = cloud.Driver;
    private readonly string _region = cloud.Offer.Location.Region!;

    public async Task RunAsync()
    {
        await FindAsync();
        var id = await LaunchAsync();
        await ActAsync(id);
        await KeyPairsAsync();
        await FirewallsAsync();
        await NetworksAsync();
        await DisksAsync(id);
        await AddressesAsync(id);
        await LeftoversAsync();
        await DoAsync(id, InstanceAction.Terminate, InstancePhase.Gone);
    }

    /// <summary>A token; each thing has one of its own.</summary>
    private static string Token(char digit) => new(digit, 32);

    private static Dictionary<string, string> Named(string name) => new(Shared, StringComparer.Ordinal) { [ComputeTags.Key] = name };

    private async Task FindAsync()
    {
        var need = new MachineNeed { InstanceType = cloud.Offer.InstanceType, Markets = [Market.OnDemand, Market.Spot] };
        var offers = await table.AddAsync(NameOf("", nameof(ComputeDriver.FindOffersPageAsync)), () => _driver.FindOffersPageAsync(new OfferQuery(need) { Regions = [_region] }, null, default));
        offers.Items.ShouldContain(offer => offer.InstanceType == cloud.Offer.InstanceType);
        await table.AddAsync(NameOf("", nameof(ComputeDriver.ProbeAsync)), () => _driver.ProbeAsync(cloud.Offer, 1, default));
    }

    private async Task<string> LaunchAsync()
    {
        var image = await table.AddAsync(NameOf("", nameof(ComputeDriver.TryFindImageAsync)), () => _driver.TryFindImageAsync(cloud.Image, CpuArchitecture.X64, _region, default));
        var request = new LaunchRequest
        {
            Spec = new LaunchSpec { IdempotencyKey = "covered", Image = cloud.Image, BootDiskGiB = cloud.BootDiskGiB },
            Offer = cloud.Offer,
            Image = image.ShouldNotBeNull(),
            Names = ["covered"],
            MinCount = 1,
            ClientToken = Token('a'),
            Tags = new Dictionary<string, string>(Named("covered"), StringComparer.Ordinal) { [ComputeTags.Spec] = "0123456789abcdef" },
            SharedTags = Shared,
        };
        request = request with { Prepared = await table.AddAsync(NameOf("", nameof(ComputeDriver.PrepareAsync)), () => _driver.PrepareAsync(request, default)) };
        var receipt = await table.AddAsync(NameOf("", nameof(ComputeDriver.LaunchAsync)), () => _driver.LaunchAsync(request, default));
        await EndAsync(receipt.Handle);
        await SeeAsync(receipt.Ids[0], InstancePhase.Running);
        await table.AddAsync(NameOf("", nameof(ComputeDriver.ListPageAsync)), () => _driver.ListPageAsync(new InstanceQuery { Regions = [_region], Tags = Shared }, null, default));
        await table.AddAsync(NameOf("", nameof(ComputeDriver.GetConsoleOutputAsync)), () => _driver.GetConsoleOutputAsync(receipt.Ids[0], default));
        return receipt.Ids[0];
    }

    private async Task ActAsync(string id)
    {
        await DoAsync(id, InstanceAction.Reboot, InstancePhase.Running);
        await DoAsync(id, InstanceAction.Stop, InstancePhase.Stopped);
        await DoAsync(id, InstanceAction.Start, InstancePhase.Running);
        if (_driver.Capabilities.Supports(ComputeFeatures.StopKeepAllocated))
        {
            await DoAsync(id, InstanceAction.StopKeepAllocated, InstancePhase.Stopped);
            await DoAsync(id, InstanceAction.Start, InstancePhase.Running);
        }

        if (_driver.Capabilities.Supports(ComputeFeatures.Hibernate))
        {
            await DoAsync(id, InstanceAction.Hibernate, InstancePhase.Hibernated);
            await DoAsync(id, InstanceAction.Start, InstancePhase.Running);
        }
    }

    private async Task KeyPairsAsync()
    {
        if (_driver.KeyPairs is { } keys)
        {
            await table.AddAsync("KeyPairs.Import", () => keys.ImportAsync("mine", Key, _region, Shared, default));
            await table.AddAsync("KeyPairs.List", () => keys.ListPageAsync(_region, null, default));
            await table.AddAsync("KeyPairs.Delete", () => keys.DeleteAsync("mine", _region, default));
        }
    }

    private async Task FirewallsAsync()
    {
        var groups = _driver.Firewalls.ShouldNotBeNull();
        await table.AddAsync("Firewalls.Ensure", () => groups.EnsureAsync("skycompat-1", [FirewallRule.Tcp(80)], _region, null, Shared, default));

        // Other rules: the first are taken away.
        await table.AddAsync("Firewalls.Ensure", () => groups.EnsureAsync("skycompat-1", [FirewallRule.Tcp(81)], _region, null, Shared, default));
        await table.AddAsync("Firewalls.List", () => groups.ListPageAsync(_region, null, default));
        await table.AddAsync("Firewalls.Delete", () => groups.DeleteAsync("skycompat-1", _region, default));
    }

    private async Task NetworksAsync()
    {
        var networks = _driver.Networks.ShouldNotBeNull();
        await table.AddAsync("Networks.Ensure", () => networks.EnsureAsync("mine", "10.9.0.0/16", _region, Shared, default));
        await table.AddAsync("Networks.List", () => networks.ListPageAsync(_region, null, default));
        await table.AddAsync("Networks.Delete", () => networks.DeleteAsync("mine", _region, default));
    }

    private async Task DisksAsync(string instance)
    {
        var disks = _driver.Disks.ShouldNotBeNull();
        var snapshots = _driver.Snapshots.ShouldNotBeNull();
        var disk = (await table.AddAsync("Disks.Create", () => disks.CreateAsync(new DiskSpec("data", 20, cloud.Offer.Location), Token('b'), Named("data"), default))).Id;
        await SeeDiskAsync(found => found.IsReady);
        await table.AddAsync("Disks.List", () => disks.ListPageAsync(_region, null, default));
        await table.AddAsync("Disks.Attach", () => disks.AttachAsync(disk, instance, default));
        await SeeDiskAsync(found => found.AttachedTo == instance);
        await table.AddAsync("Disks.Detach", () => disks.DetachAsync(disk, instance, default));
        await SeeDiskAsync(found => found.AttachedTo is null && found.IsReady);
        var snapshot = (await table.AddAsync("Snapshots.Create", () => snapshots.CreateAsync(disk, "monday", Token('c'), Named("monday"), default))).Id;
        await table.UntilAsync("Snapshots.Get", () => snapshots.TryGetAsync(snapshot, default), found => found is { IsReady: true });
        await table.AddAsync("Snapshots.List", () => snapshots.ListPageAsync(_region, null, default));
        await table.AddAsync("Snapshots.Delete", () => snapshots.DeleteAsync(snapshot, default));
        await table.AddAsync("Disks.Delete", () => disks.DeleteAsync(disk, default));

        Task SeeDiskAsync(Func<Disk, bool> isDone) => table.UntilAsync("Disks.Get", () => disks.TryGetAsync(disk, default), found => found is not null && isDone(found));
    }

    private async Task AddressesAsync(string instance)
    {
        var addresses = _driver.Addresses.ShouldNotBeNull();
        var address = (await table.AddAsync("Addresses.Reserve", () => addresses.ReserveAsync("front", _region, Token('d'), Named("front"), default))).Id;
        await table.AddAsync("Addresses.List", () => addresses.ListPageAsync(_region, null, default));
        await table.AddAsync("Addresses.Attach", () => addresses.AttachAsync(address, instance, default));
        await table.UntilAsync("Addresses.Get", () => addresses.TryGetAsync(address, default), found => found?.AttachedTo == instance);
        await table.AddAsync("Addresses.Detach", () => addresses.DetachAsync(address, instance, default));
        await table.UntilAsync("Addresses.Get", () => addresses.TryGetAsync(address, default), found => found is { AttachedTo: null });
        await table.AddAsync("Addresses.Release", () => addresses.ReleaseAsync(address, default));
    }

    private async Task LeftoversAsync()
    {
        await table.AddAsync(NameOf("", nameof(ComputeDriver.ListLeftoversAsync)), () => _driver.ListLeftoversAsync(OwnerName, _region, default));
        foreach (var leftover in cloud.Leftovers)
        {
            await table.AddAsync(NameOf("", nameof(ComputeDriver.DeleteLeftoverAsync)), () => _driver.DeleteLeftoverAsync(leftover, default));
        }
    }

    private async Task DoAsync(string id, InstanceAction action, InstancePhase phase)
    {
        await EndAsync(await table.AddAsync(NameOf(action), () => _driver.ActAsync(id, action, default)));
        await SeeAsync(id, phase);
    }

    private Task SeeAsync(string id, InstancePhase phase) => table.UntilAsync(
        NameOf("", nameof(ComputeDriver.TryGetAsync)), () => _driver.TryGetAsync(id, default), instance => instance is null ? phase == InstancePhase.Gone : instance.Phase == phase);

    private async Task EndAsync(string? handle)
    {
        if (handle is not null)
        {
            (await table.UntilAsync(NameOf("", nameof(ComputeDriver.CheckAsync)), () => _driver.CheckAsync(handle, default), check => check.IsDone)).Error.ShouldBeNull();
        }
    }
}
