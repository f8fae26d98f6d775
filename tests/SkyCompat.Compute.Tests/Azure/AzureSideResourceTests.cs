using SkyCompat.Drivers;
using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>Networks, firewalls, keys, disks, snapshots and addresses.</summary>
public sealed class AzureSideResourceTests
{
    private const string Region = ArmCloud.Region;
    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal) { [ComputeTags.Owner] = "tests", [ComputeTags.Key] = "x" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_is_made_once_with_its_group()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var networks = cloud.Driver.Networks!;

        var made = await networks.EnsureAsync("net", "10.20.0.0/16", Region, Tags, Token);
        var again = await networks.EnsureAsync("net", "10.20.0.0/16", Region, Tags, Token);

        again.ShouldBeEquivalentTo(made);
        made.AddressRange.ShouldBe("10.20.0.0/16");
        made.Region.ShouldBe(Region);
        made.SubnetIds[""].ShouldEndWith("/virtualNetworks/net/subnets/default");
        cloud.Emulator.Faults.Requests.Count(request => request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains("virtualNetworks", StringComparison.Ordinal)).ShouldBe(2, "the first found no group");
        (await networks.ListPageAsync(Region, null, Token)).Items.ShouldHaveSingleItem().ShouldBeEquivalentTo(made);
        (await networks.ListPageAsync("northeurope", null, Token)).Items.ShouldBeEmpty();
        var other = await Should.ThrowAsync<CloudException>(() => networks.EnsureAsync("net", "10.30.0.0/16", Region, Tags, Token));
        other.Code.ShouldBe(CloudErrorCode.AlreadyExists);

        await cloud.LaunchAsync(change: spec => spec with { SubnetId = made.SubnetIds[""] });
        (await Should.ThrowAsync<CloudException>(() => networks.DeleteAsync("net", Region, Token))).Code.ShouldBe(CloudErrorCode.Conflict);
        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Terminate, Token));
        await networks.DeleteAsync("net", Region, Token);
        await networks.DeleteAsync("net", Region, Token);
        (await networks.ListPageAsync(Region, null, Token)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_still_being_made_is_asked_for_again()
    {
        await using var cloud = await ArmCloud.StartAsync(new ArmEmulatorOptions { NetworkPolls = 1 });

        var early = await Should.ThrowAsync<CloudException>(() => cloud.Driver.Networks!.EnsureAsync("net", "10.20.0.0/16", Region, Tags, Token));

        early.IsTransient.ShouldBeTrue();
        early.RetryAfter.ShouldNotBeNull();
        await Should.ThrowAsync<CloudException>(() => cloud.Driver.Networks!.EnsureAsync("net", "10.20.0.0/16", Region, Tags, Token));
        (await cloud.Driver.Networks!.EnsureAsync("net", "10.20.0.0/16", Region, Tags, Token)).Name.ShouldBe("net");
        cloud.Emulator.Store.OfType("virtualNetworks").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_firewall_group_has_exactly_its_rules()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var firewalls = cloud.Driver.Firewalls!;
        FirewallRule[] rules = [FirewallRule.Tcp(22, "203.0.113.0/24"), new(FirewallProtocol.Udp, 5000, 5010), new(FirewallProtocol.Icmp, 0, 0)];

        var made = await firewalls.EnsureAsync("fw", rules, Region, null, Tags, Token);
        made.Inbound.ShouldBe(rules);
        made.Id.ShouldEndWith("/networkSecurityGroups/fw");
        cloud.Emulator.Faults.Clear();
        (await firewalls.EnsureAsync("fw", rules, Region, null, Tags, Token)).Id.ShouldBe(made.Id);
        cloud.Emulator.Faults.Requests.ShouldHaveSingleItem().ShouldStartWith("GET ");

        var changed = await firewalls.EnsureAsync("fw", [FirewallRule.Tcp(443)], Region, null, Tags, Token);

        changed.Inbound.ShouldBe([FirewallRule.Tcp(443)]);
        (await firewalls.EnsureAsync("none", [], Region, null, Tags, Token)).Inbound.ShouldBeEmpty();
        (await firewalls.ListPageAsync(Region, null, Token)).Items.Select(group => group.Name).ShouldBe(["fw", "none"]);
        var request = await cloud.RequestAsync();
        await cloud.SettleAsync((await cloud.Driver.LaunchAsync(request with { FirewallGroupId = made.Id }, Token)).Handle);
        var used = await Should.ThrowAsync<CloudException>(() => firewalls.DeleteAsync("fw", Region, Token));
        used.Code.ShouldBe(CloudErrorCode.Conflict);
        used.IsTransient.ShouldBeFalse();
        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Terminate, Token));
        await firewalls.DeleteAsync("fw", Region, Token);
        await firewalls.DeleteAsync("fw", Region, Token);
    }

    [Fact]
    public async Task A_key_has_its_name_alone()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var keys = cloud.Driver.KeyPairs!;
        (await keys.ListPageAsync(Region, null, Token)).Items.ShouldBeEmpty();

        await keys.ImportAsync("key", "ssh-ed25519 AAAAC3Nza1 me@here", Region, Tags, Token);
        (await keys.ImportAsync("key", "ssh-ed25519 AAAAC3Nza1 me@there", Region, Tags, Token)).Name.ShouldBe("key");

        (await Should.ThrowAsync<CloudException>(() => keys.ImportAsync("key", "ssh-ed25519 AAAAC3Nza2", Region, Tags, Token))).Code.ShouldBe(CloudErrorCode.AlreadyExists);
        (await Should.ThrowAsync<CloudException>(() => keys.ImportAsync("bad", "none", Region, Tags, Token))).Code.ShouldBe(CloudErrorCode.InvalidArgument);
        var listed = (await keys.ListPageAsync(Region, null, Token)).Items.ShouldHaveSingleItem();
        listed.Tags[ComputeTags.Owner].ShouldBe("tests");
        await keys.DeleteAsync("key", Region, Token);
        await keys.DeleteAsync("key", Region, Token);
        (await keys.ListPageAsync(Region, null, Token)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_is_attached_detached_and_outlives_machines()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var disks = cloud.Driver.Disks!;
        var instance = await cloud.LaunchAsync(zone: "1");
        var spec = new DiskSpec("data", 100, new CloudLocation(Region, "1"));

        var made = await disks.CreateAsync(spec, "0123456789abcdef0123456789abcdef", Tags, Token);
        (await disks.CreateAsync(spec, "0123456789abcdef0123456789abcdef", Tags, Token)).Id.ShouldBe(made.Id);
        var disk = await ReadyAsync(() => disks.TryGetAsync("data", Token), disk => disk.IsReady);

        disk.SizeGiB.ShouldBe(100);
        disk.Location.ShouldBe(new CloudLocation(Region, "1"));
        disk.AttachedTo.ShouldBeNull();
        await disks.AttachAsync("data", instance.Id, Token);
        await disks.AttachAsync("data", instance.Id, Token);
        (await disks.TryGetAsync("data", Token))!.AttachedTo.ShouldBe("web");
        (await Should.ThrowAsync<CloudException>(() => disks.DeleteAsync("data", Token))).Code.ShouldBe(CloudErrorCode.Conflict);
        var listed = (await disks.ListPageAsync(Region, null, Token)).Items;
        listed.Count.ShouldBe(2, "the boot disk has the tags of its machine");
        await disks.DetachAsync("data", instance.Id, Token);
        (await disks.TryGetAsync("data", Token))!.AttachedTo.ShouldBeNull();
        await disks.AttachAsync("data", instance.Id, Token);
        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Terminate, Token));
        (await disks.ListPageAsync(Region, null, Token)).Items.ShouldHaveSingleItem().AttachedTo.ShouldBeNull();
        await disks.DeleteAsync("data", Token);
        await disks.DeleteAsync("data", Token);
        (await disks.TryGetAsync("data", Token)).ShouldBeNull();
        (await Should.ThrowAsync<CloudException>(() => disks.AttachAsync("data", "none", Token))).Reason.ShouldBe(ComputeErrorReasons.InstanceNotFound);
    }

    [Fact]
    public async Task A_snapshot_makes_another_disk()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var (disks, snapshots) = (cloud.Driver.Disks!, cloud.Driver.Snapshots!);
        await disks.CreateAsync(new DiskSpec("data", 32, new CloudLocation(Region)), "", Tags, Token);

        var early = await snapshots.CreateAsync("data", "snap", "", Tags, Token);
        early.IsReady.ShouldBeFalse();
        var snapshot = await ReadyAsync(() => snapshots.TryGetAsync("snap", Token), snapshot => snapshot.IsReady);

        snapshot.DiskId.ShouldBe("data");
        snapshot.SizeGiB.ShouldBe(32);
        (await snapshots.CreateAsync("data", "snap", "", Tags, Token)).Id.ShouldBe("snap");
        (await snapshots.ListPageAsync(Region, null, Token)).Items.ShouldHaveSingleItem().Id.ShouldBe("snap");
        (await Should.ThrowAsync<CloudException>(() => snapshots.CreateAsync("none", "other", "", Tags, Token))).Code.ShouldBe(CloudErrorCode.NotFound);
        await disks.CreateAsync(new DiskSpec("copy", 64, new CloudLocation(Region)) { SnapshotId = "snap" }, "", Tags, Token);
        (await disks.TryGetAsync("copy", Token))!.SizeGiB.ShouldBe(64);
        await snapshots.DeleteAsync("snap", Token);
        await snapshots.DeleteAsync("snap", Token);
        (await snapshots.TryGetAsync("snap", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_moves_between_machines_and_leaves_the_rest_of_the_interface_alone()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var addresses = cloud.Driver.Addresses!;
        await cloud.LaunchAsync("one");
        await cloud.LaunchAsync("two");
        var made = await addresses.ReserveAsync("ip", Region, "", Tags, Token);
        (await addresses.ReserveAsync("ip", Region, "", Tags, Token)).Address.ShouldBe(made.Address);
        made.Address.ShouldStartWith("20.");
        made.AttachedTo.ShouldBeNull();
        var before = cloud.Emulator.Store.OfType("networkInterfaces").First(nic => nic.Name.StartsWith("one-", StringComparison.Ordinal)).Body["properties"]!["ipConfigurations"]![0]!["properties"]!["subnet"]!.ToJsonString();

        await addresses.AttachAsync("ip", "one", Token);
        await addresses.AttachAsync("ip", "one", Token);

        (await addresses.TryGetAsync("ip", Token))!.AttachedTo.ShouldBe("one");
        (await cloud.Driver.TryGetAsync("one", Token))!.PublicAddresses.ShouldBe([made.Address]);
        cloud.Emulator.Store.OfType("networkInterfaces").First(nic => nic.Name.StartsWith("one-", StringComparison.Ordinal)).Body["properties"]!["ipConfigurations"]![0]!["properties"]!["subnet"]!.ToJsonString().ShouldBe(before);
        (await Should.ThrowAsync<CloudException>(() => addresses.AttachAsync("ip", "two", Token))).Code.ShouldBe(CloudErrorCode.Conflict);
        (await Should.ThrowAsync<CloudException>(() => addresses.ReleaseAsync("ip", Token))).Code.ShouldBe(CloudErrorCode.Conflict);
        await addresses.DetachAsync("ip", "one", Token);
        await addresses.AttachAsync("ip", "two", Token);
        (await addresses.ListPageAsync(Region, null, Token)).Items.ShouldHaveSingleItem().AttachedTo.ShouldBe("two");
        await cloud.SettleAsync(await cloud.Driver.ActAsync("two", InstanceAction.Terminate, Token));
        (await addresses.TryGetAsync("ip", Token))!.AttachedTo.ShouldBeNull("a reserved address outlives the machine");
        await addresses.ReleaseAsync("ip", Token);
        await addresses.ReleaseAsync("ip", Token);
        (await addresses.TryGetAsync("ip", Token)).ShouldBeNull();
    }

    private static async Task<T> ReadyAsync<T>(Func<Task<T?>> get, Func<T, bool> isReady)
        where T : class
    {
        for (var looks = 0; looks < 10; looks++)
        {
            if (await get() is { } found && isReady(found))
            {
                return found;
            }
        }

        throw new InvalidOperationException("It never became ready.");
    }
}
