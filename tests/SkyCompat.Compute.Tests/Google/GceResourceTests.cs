using System.Text.Json;
using SkyCompat.Emulators.GoogleCompute;
using SkyCompat.Google;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>Firewall groups, networks, disks, snapshots and addresses.</summary>
public sealed class GceResourceTests
{
    private static readonly IReadOnlyList<FirewallRule> Rules =
        [FirewallRule.Tcp(22, "203.0.113.0/24"), FirewallRule.Tcp(80), FirewallRule.Tcp(443), new(FirewallProtocol.Udp, 5000, 5010), new(FirewallProtocol.Icmp, 0, 0)];

    [Fact]
    public async Task Firewall_Group_IsOneRuleForEachSourceAndOneThatKeepsOut()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var group = await cloud.Driver.Firewalls!.EnsureAsync("web", Rules, GceTestCloud.Region, null, GceTestCloud.Shared, default);
        group.Id.ShouldBe("web");
        cloud.Emulator.Names("global/firewalls").ShouldBe(["default-allow-ssh", "default-allow-rdp", "web", "web-1", "web-2"]);
        using var deny = JsonDocument.Parse(cloud.Emulator.Find("global/firewalls", "web")!);
        deny.RootElement.GetProperty("priority").GetInt32().ShouldBeLessThan(65534, "default networks let SSH in at 65534");
        deny.RootElement.GetProperty("targetTags")[0].GetString().ShouldBe("web");
        using var everyone = JsonDocument.Parse(cloud.Emulator.Find("global/firewalls", "web-1")!);
        everyone.RootElement.GetProperty("allowed").GetArrayLength().ShouldBe(3);
        everyone.RootElement.GetProperty("allowed")[0].GetProperty("ports").EnumerateArray().Select(port => port.GetString()).ShouldBe(["80", "443"]);

        var listed = (await cloud.Driver.Firewalls.ListPageAsync(GceTestCloud.Region, null, default)).Items.ShouldHaveSingleItem();
        listed.Name.ShouldBe("web");
        listed.Inbound.ShouldBe(Rules, ignoreOrder: true);
        listed.Tags[ComputeTags.Owner].ShouldBe(GceTestCloud.Owner);
    }

    [Fact]
    public async Task Firewall_EnsuredAgain_WritesOnlyWhatDiffers()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var firewalls = cloud.Driver.Firewalls!;
        await firewalls.EnsureAsync("web", Rules, GceTestCloud.Region, null, GceTestCloud.Shared, default);
        cloud.Faults.Clear();
        await firewalls.EnsureAsync("web", Rules, GceTestCloud.Region, null, GceTestCloud.Shared, default);
        cloud.Faults.Requests.ShouldAllBe(request => request.StartsWith("GET", StringComparison.Ordinal));
        await firewalls.EnsureAsync("web", [FirewallRule.Tcp(8080)], GceTestCloud.Region, null, GceTestCloud.Shared, default);
        cloud.Emulator.Names("global/firewalls").ShouldBe(["default-allow-ssh", "default-allow-rdp", "web", "web-1"]);
        (await firewalls.ListPageAsync(GceTestCloud.Region, null, default)).Items.Single().Inbound.ShouldBe([FirewallRule.Tcp(8080)]);
        await firewalls.EnsureAsync("web", [], GceTestCloud.Region, null, GceTestCloud.Shared, default);
        (await firewalls.ListPageAsync(GceTestCloud.Region, null, default)).Items.Single().Inbound.ShouldBeEmpty();
        await firewalls.DeleteAsync("web", GceTestCloud.Region, default);
        await firewalls.DeleteAsync("web", GceTestCloud.Region, default);
        cloud.Emulator.Names("global/firewalls").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Firewall_InUse_IsAConflict()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var firewalls = cloud.Driver.Firewalls!;
        await firewalls.EnsureAsync("web", Rules, GceTestCloud.Region, null, GceTestCloud.Shared, default);
        var request = await cloud.RequestAsync();
        var tags = new Dictionary<string, string>(request.Tags, StringComparer.Ordinal) { [ComputeTags.Firewall] = "web" };
        await cloud.EndAsync((await cloud.Driver.LaunchAsync(request with { FirewallGroupId = "web", Tags = tags }, default)).Handle);
        var error = await Should.ThrowAsync<CloudException>(() => firewalls.DeleteAsync("web", GceTestCloud.Region, default));
        error.Code.ShouldBe(CloudErrorCode.Conflict);
        cloud.Emulator.Names("global/firewalls").Count.ShouldBe(2 + 3);
        await cloud.ActAsync($"{GceTestCloud.Zone}/{GceTestCloud.Key}", InstanceAction.Terminate);
        await firewalls.DeleteAsync("web", GceTestCloud.Region, default);
    }

    [Fact]
    public async Task Firewall_OfAnotherOwner_IsSharedButNotChanged()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var firewalls = cloud.Driver.Firewalls!;
        await firewalls.EnsureAsync("web", Rules, GceTestCloud.Region, null, GceTestCloud.Shared, default);
        var other = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = "other" };
        await firewalls.EnsureAsync("web", Rules, GceTestCloud.Region, null, other, default);
        var error = await Should.ThrowAsync<CloudException>(() => firewalls.EnsureAsync("web", [], GceTestCloud.Region, null, other, default));
        error.Code.ShouldBe(CloudErrorCode.AlreadyExists);
        (await firewalls.ListPageAsync(GceTestCloud.Region, null, default)).Items.Single().Tags[ComputeTags.Owner].ShouldBe(GceTestCloud.Owner);
    }

    [Fact]
    public async Task Firewall_OfASubnet_IsInItsNetwork()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var network = await cloud.Driver.Networks!.EnsureAsync("mine", "10.20.0.0/16", GceTestCloud.Region, GceTestCloud.Shared, default);
        await cloud.Driver.Firewalls!.EnsureAsync("web", Rules, GceTestCloud.Region, null, GceTestCloud.Shared, default);
        await cloud.Driver.Firewalls.EnsureAsync("web", Rules, GceTestCloud.Region, network.SubnetIds[""], GceTestCloud.Shared, default);
        cloud.Emulator.Names("global/firewalls").Count.ShouldBe(2 + 3 + 3);
        (await cloud.Driver.Firewalls.ListPageAsync(GceTestCloud.Region, null, default)).Items.ShouldHaveSingleItem().Inbound.Count.ShouldBe(Rules.Count);
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.Networks.DeleteAsync("mine", GceTestCloud.Region, default))).Code.ShouldBe(CloudErrorCode.Conflict);
        await cloud.Driver.Firewalls.DeleteAsync("web", GceTestCloud.Region, default);
    }

    [Theory]
    [InlineData("a-name-of-just-sixty-characters-which-is-all-that-is-allowed", "-12")]
    [InlineData("a-name-of-just-sixty-characters-which-is-all-that-is-allowed", "-northamerica-northeast1")]
    [InlineData("short", "-1")]
    public void Names_WithSuffix_Fit(string name, string suffix)
    {
        var made = GceNames.WithSuffix(name, suffix);
        made.Length.ShouldBeLessThanOrEqualTo(63);
        made.ShouldEndWith(suffix);
        GceNames.IsName(made).ShouldBeTrue();
        (GceNames.WithSuffix(name[..^1] + "x", suffix) == made).ShouldBeFalse();
    }

    [Fact]
    public void RequestId_IsAUuidOfItsIntent()
    {
        var id = GceNames.RequestId("token", "web");
        Guid.TryParseExact(id, "D", out var parsed).ShouldBeTrue();
        parsed.ShouldNotBe(Guid.Empty);
        GceNames.RequestId("token", "web").ShouldBe(id);
        (GceNames.RequestId("token", "db") == id).ShouldBeFalse();
        parsed.Version.ShouldBe(8);
    }

    [Fact]
    public async Task Network_IsMadeOnceForEachRegion()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var networks = cloud.Driver.Networks!;
        var first = await networks.EnsureAsync("net", "10.20.0.0/16", "europe-west3", GceTestCloud.Shared, default);
        (await networks.EnsureAsync("net", "10.20.0.0/16", "europe-west3", GceTestCloud.Shared, default)).Id.ShouldBe(first.Id);
        var second = await networks.EnsureAsync("net", "10.20.0.0/16", "us-central1", GceTestCloud.Shared, default);
        (second.Id == first.Id).ShouldBeFalse();
        (await networks.ListPageAsync("europe-west3", null, default)).Items.ShouldHaveSingleItem().ShouldBeEquivalentTo(first);
        (await Should.ThrowAsync<CloudException>(() => networks.EnsureAsync("net", "10.21.0.0/16", "europe-west3", GceTestCloud.Shared, default))).Code.ShouldBe(CloudErrorCode.AlreadyExists);
        await networks.DeleteAsync("net", "europe-west3", default);
        await networks.DeleteAsync("net", "europe-west3", default);
        (await networks.ListPageAsync("us-central1", null, default)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Network_CutOffHalfWay_IsCompleted()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.subnetworks.insert", Status = 503 });
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.Networks!.EnsureAsync("net", "10.20.0.0/16", GceTestCloud.Region, GceTestCloud.Shared, default))).IsTransient.ShouldBeTrue();
        (await cloud.Driver.Networks!.EnsureAsync("net", "10.20.0.0/16", GceTestCloud.Region, GceTestCloud.Shared, default)).AddressRange.ShouldBe("10.20.0.0/16");
    }

    [Fact]
    public async Task Disk_Life()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var disks = cloud.Driver.Disks!;
        var instance = await cloud.RunningAsync();
        var disk = await MakeDiskAsync(cloud);
        disk.Id.ShouldBe("europe-west3-a/disks/data");
        disk.IsReady.ShouldBeTrue();
        disk.SizeGiB.ShouldBe(10);
        (await MakeDiskAsync(cloud)).Id.ShouldBe(disk.Id);
        (await MakeDiskAsync(cloud, token: 'b')).Id.ShouldBe(disk.Id, "the name and the key are the same");
        for (var i = 0; i < 2; i++)
        {
            await disks.AttachAsync(disk.Id, instance.Id, default);
            (await disks.TryGetAsync(disk.Id, default))!.AttachedTo.ShouldBe(instance.Id);
        }

        (await Should.ThrowAsync<CloudException>(() => disks.DeleteAsync(disk.Id, default))).Code.ShouldBe(CloudErrorCode.Conflict);
        var listed = (await disks.ListPageAsync(GceTestCloud.Region, null, default)).Items;
        listed.Select(item => item.Name).ShouldBe(["web", "data"], ignoreOrder: true);
        for (var i = 0; i < 2; i++)
        {
            await disks.DetachAsync(disk.Id, instance.Id, default);
            (await disks.TryGetAsync(disk.Id, default))!.AttachedTo.ShouldBeNull();
        }

        await disks.DeleteAsync(disk.Id, default);
        await disks.TryGetAsync(disk.Id, default);
        await disks.TryGetAsync(disk.Id, default);
        (await disks.TryGetAsync(disk.Id, default)).ShouldBeNull();
        await disks.DeleteAsync(disk.Id, default);
    }

    [Fact]
    public async Task Disk_NameOfAnotherIntent_IsTaken()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        await MakeDiskAsync(cloud);
        var error = await Should.ThrowAsync<CloudException>(() => MakeDiskAsync(cloud, key: "other", token: 'b'));
        error.Code.ShouldBe(CloudErrorCode.AlreadyExists);
    }

    [Fact]
    public async Task Disk_OverTheQuota_FailsThoughTheRequestWasTaken()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetQuota(GceTestCloud.Region, "SSD_TOTAL_GB", 5);
        var error = await Should.ThrowAsync<CloudException>(() => MakeDiskAsync(cloud));
        error.Code.ShouldBe(CloudErrorCode.QuotaExceeded);
        error.IsTransient.ShouldBeFalse();
        (await cloud.Driver.Disks!.TryGetAsync("europe-west3-a/disks/data", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Disk_OfAnotherInstance_IsAConflict()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var first = await cloud.RunningAsync();
        var second = await cloud.RunningAsync(new LaunchSpec { IdempotencyKey = "db", Image = ImageReference.OfFamily("debian-12") }, name: "db");
        var disk = await MakeDiskAsync(cloud);
        await cloud.Driver.Disks!.AttachAsync(disk.Id, first.Id, default);
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.Disks!.AttachAsync(disk.Id, second.Id, default))).Code.ShouldBe(CloudErrorCode.Conflict);
    }

    [Fact]
    public async Task Snapshot_Life()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var snapshots = cloud.Driver.Snapshots!;
        var disk = await MakeDiskAsync(cloud);
        var tags = Tags("snap");
        var snapshot = await snapshots.CreateAsync(disk.Id, "snap", new string('c', 32), tags, default);
        snapshot.IsReady.ShouldBeTrue();
        snapshot.DiskId.ShouldBe(disk.Id);
        snapshot.SizeGiB.ShouldBe(10);
        snapshot.Location.Region.ShouldBe(GceTestCloud.Region, "it stays where the disk is");
        (await snapshots.CreateAsync(disk.Id, "snap", new string('d', 32), tags, default)).Id.ShouldBe(snapshot.Id);
        (await snapshots.ListPageAsync(GceTestCloud.Region, null, default)).Items.ShouldHaveSingleItem().Id.ShouldBe(snapshot.Id);
        (await snapshots.ListPageAsync("us-central1", null, default)).Items.ShouldBeEmpty();
        var copy = await cloud.Driver.Disks!.CreateAsync(
            new DiskSpec("copy", 20, new CloudLocation(GceTestCloud.Region, GceTestCloud.Zone)) { SnapshotId = snapshot.Id }, new string('e', 32), Tags("copy"), default);
        copy.SizeGiB.ShouldBe(20);
        await snapshots.DeleteAsync(snapshot.Id, default);
        await snapshots.DeleteAsync("nothing", default);
    }

    [Fact]
    public async Task Address_Life()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var addresses = cloud.Driver.Addresses!;
        var instance = await cloud.RunningAsync(new LaunchSpec { IdempotencyKey = GceTestCloud.Key, Image = ImageReference.OfFamily("debian-12"), PublicAddress = true });
        var address = await addresses.ReserveAsync("ip", GceTestCloud.Region, new string('f', 32), Tags("ip"), default);
        address.Id.ShouldBe("europe-west3/ip");
        System.Net.IPAddress.TryParse(address.Address, out _).ShouldBeTrue();
        (await addresses.ReserveAsync("ip", GceTestCloud.Region, new string('9', 32), Tags("ip"), default)).Address.ShouldBe(address.Address);
        for (var i = 0; i < 2; i++)
        {
            await addresses.AttachAsync(address.Id, instance.Id, default);
            (await cloud.Driver.TryGetAsync(instance.Id, default))!.PublicAddresses.ShouldBe([address.Address]);
        }

        (await addresses.TryGetAsync(address.Id, default))!.AttachedTo.ShouldBe(instance.Id);
        (await Should.ThrowAsync<CloudException>(() => addresses.ReleaseAsync(address.Id, default))).Code.ShouldBe(CloudErrorCode.Conflict);
        for (var i = 0; i < 2; i++)
        {
            await addresses.DetachAsync(address.Id, instance.Id, default);
            (await cloud.Driver.TryGetAsync(instance.Id, default))!.PublicAddresses.ShouldBeEmpty();
        }

        (await addresses.ListPageAsync(GceTestCloud.Region, null, default)).Items.ShouldHaveSingleItem().AttachedTo.ShouldBeNull();
        await addresses.ReleaseAsync(address.Id, default);
        await addresses.ReleaseAsync(address.Id, default);
        (await addresses.TryGetAsync(address.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Address_OfAnotherInstance_IsAConflict()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var first = await cloud.RunningAsync();
        var second = await cloud.RunningAsync(new LaunchSpec { IdempotencyKey = "db", Image = ImageReference.OfFamily("debian-12") }, name: "db");
        var address = await cloud.Driver.Addresses!.ReserveAsync("ip", GceTestCloud.Region, new string('f', 32), Tags("ip"), default);
        await cloud.Driver.Addresses.AttachAsync(address.Id, first.Id, default);
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.Addresses.AttachAsync(address.Id, second.Id, default))).Code.ShouldBe(CloudErrorCode.Conflict);
    }

    private static Dictionary<string, string> Tags(string key) => new(StringComparer.Ordinal) { [ComputeTags.Owner] = GceTestCloud.Owner, [ComputeTags.Key] = key };

    private static Task<Disk> MakeDiskAsync(GceTestCloud cloud, string key = "data", char token = 'a') => cloud.Driver.Disks!.CreateAsync(
        new DiskSpec("data", 10, new CloudLocation(GceTestCloud.Region, GceTestCloud.Zone)), new string(token, 32), Tags(key), default);
}
