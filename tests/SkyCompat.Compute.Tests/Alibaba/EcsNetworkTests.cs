using SkyCompat.Emulators.AlibabaEcs;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Networks, firewall groups and reserved addresses.</summary>
public sealed class EcsNetworkTests
{
    private static readonly FirewallRule[] Web = [FirewallRule.Tcp(22, "203.0.113.0/24"), FirewallRule.Tcp(80), new(FirewallProtocol.Udp, 5000, 5010), new(FirewallProtocol.Icmp, 0, 0)];

    [Fact]
    public async Task Prepare_NothingThere_MakesNetworkSubnetAndGroupOnce()
    {
        await using var cloud = await EcsTestCloud.StartAsync();

        var first = await cloud.PreparedAsync(EcsLaunches.Request("one"));
        var second = await cloud.PreparedAsync(EcsLaunches.Request("two"));
        var elsewhere = await cloud.PreparedAsync(EcsLaunches.Request("three", offer: EcsLaunches.Offer(zone: "cn-hangzhou-i")));

        second.Prepared.ShouldBe(first.Prepared);
        elsewhere.Prepared["group"].ShouldBe(first.Prepared["group"]);
        elsewhere.Prepared["subnet"].ShouldNotBe(first.Prepared["subnet"], StringComparer.Ordinal);
        (cloud.Calls("CreateVpc").Count, cloud.Calls("CreateVSwitch").Count, cloud.Calls("CreateSecurityGroup").Count).ShouldBe((1, 2, 1));
        cloud.Calls("CreateVSwitch").Select(call => call["CidrBlock"]).ShouldBe(["10.64.112.0/20", "10.64.128.0/20"]);
        cloud.Calls("CreateVpc")[0]["VpcName"].ShouldBe("skycompat");
    }

    [Fact]
    public async Task Prepare_NetworkPending_IsTransientConflict()
    {
        await using var cloud = await EcsTestCloud.StartAsync(new EcsEmulatorOptions { CallsPerState = 100 });

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.PrepareAsync(EcsLaunches.Request(), default));
            (error.Code, error.IsTransient, error.RetryAfter).ShouldBe((CloudErrorCode.Conflict, true, TimeSpan.FromSeconds(3)));
        }

        cloud.Calls("CreateVpc").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Prepare_ReplyOfCreationLost_MakesOneNetwork()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        cloud.Faults.Add(new EcsFault(EcsFaultKind.DropReply) { Action = "CreateVpc" });
        await Should.ThrowAsync<CloudException>(() => cloud.Driver.PrepareAsync(EcsLaunches.Request(), default));

        await cloud.PreparedAsync(EcsLaunches.Request());

        (await cloud.Driver.Networks!.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldHaveSingleItem().Name.ShouldBe("skycompat");
    }

    [Fact]
    public async Task Launch_InSubnetOfOnesOwn_TakesGroupOfItsNetwork()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var network = await EcsTestCloud.RetryAsync(() => cloud.Driver.Networks!.EnsureAsync("mine", "10.9.0.0/16", EcsTestCloud.Region, EcsLaunches.Owner, default));
        var subnet = network.SubnetIds[EcsTestCloud.Zone];
        var group = await cloud.Driver.Firewalls!.EnsureAsync("skycompat-1", Web, EcsTestCloud.Region, subnet, EcsLaunches.Owner, default);
        var spec = new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfId(EcsLaunches.Image), SubnetId = subnet };

        await cloud.LaunchAsync(EcsLaunches.Request(spec: spec) with { FirewallGroupId = group.Id });

        var call = cloud.Calls("RunInstances").ShouldHaveSingleItem();
        (call["VSwitchId"], call["SecurityGroupId"]).ShouldBe((subnet, group.Id));
        cloud.Calls("CreateVpc").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Firewall_Ensure_HasExactlyTheRules()
    {
        await using var cloud = await EcsTestCloud.StartAsync(new EcsEmulatorOptions { MaxPageSize = 2 });
        var made = await EcsTestCloud.RetryAsync(() => cloud.Driver.Firewalls!.EnsureAsync("skycompat-1", Web, EcsTestCloud.Region, null, EcsLaunches.Owner, default));
        (await ListAsync(cloud)).Inbound.ShouldBe(Web, ignoreOrder: true);

        FirewallRule[] changed = [FirewallRule.Tcp(80), FirewallRule.Tcp(443)];
        var again = await cloud.Driver.Firewalls!.EnsureAsync("skycompat-1", changed, EcsTestCloud.Region, null, EcsLaunches.Owner, default);
        again.Id.ShouldBe(made.Id);
        var found = await ListAsync(cloud);
        found.Inbound.ShouldBe(changed, ignoreOrder: true);
        found.Tags[ComputeTags.Owner].ShouldBe("tests");

        cloud.Faults.Clear();
        await cloud.Driver.Firewalls.EnsureAsync("skycompat-1", changed, EcsTestCloud.Region, null, EcsLaunches.Owner, default);
        cloud.Faults.Requests.ShouldAllBe(call => call.Action.StartsWith("Describe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Firewall_Delete_IsConflictWhileUsedAndSuccessWithout()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var group = await EcsTestCloud.RetryAsync(() => cloud.Driver.Firewalls!.EnsureAsync("skycompat-1", Web, EcsTestCloud.Region, null, EcsLaunches.Owner, default));
        await cloud.RunAsync(EcsLaunches.Request() with { FirewallGroupId = group.Id });

        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.Firewalls!.DeleteAsync("skycompat-1", EcsTestCloud.Region, default))).Code.ShouldBe(CloudErrorCode.Conflict);
        await EcsTestCloud.RetryAsync(() => cloud.Driver.Firewalls!.EnsureAsync("skycompat-2", [], EcsTestCloud.Region, null, EcsLaunches.Owner, default));
        await cloud.Driver.Firewalls!.DeleteAsync("skycompat-2", EcsTestCloud.Region, default);
        await cloud.Driver.Firewalls.DeleteAsync("skycompat-2", EcsTestCloud.Region, default);
        (await ListAsync(cloud)).Name.ShouldBe("skycompat-1");
    }

    [Fact]
    public async Task Network_Ensure_HasSubnetInEachZoneAndIsFoundAgain()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var networks = cloud.Driver.Networks!;

        var made = await EcsTestCloud.RetryAsync(() => networks.EnsureAsync("mine", "10.9.0.0/16", EcsTestCloud.Region, EcsLaunches.Owner, default));
        var again = await networks.EnsureAsync("mine", "10.9.0.0/16", EcsTestCloud.Region, EcsLaunches.Owner, default);

        made.SubnetIds.Keys.ShouldBe(["cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j"], ignoreOrder: true);
        (again.Id, again.AddressRange).ShouldBe((made.Id, "10.9.0.0/16"));
        (await networks.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldHaveSingleItem().SubnetIds.ShouldBe(made.SubnetIds);
        (await Should.ThrowAsync<CloudException>(() => networks.EnsureAsync("mine", "10.8.0.0/16", EcsTestCloud.Region, EcsLaunches.Owner, default))).Code.ShouldBe(CloudErrorCode.AlreadyExists);
    }

    [Fact]
    public async Task Network_Delete_TakesSubnetsAlongAndIsConflictWhileUsed()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var networks = cloud.Driver.Networks!;
        await EcsTestCloud.RetryAsync(() => networks.EnsureAsync("mine", "10.9.0.0/24", EcsTestCloud.Region, EcsLaunches.Owner, default));
        await cloud.PreparedAsync(EcsLaunches.Request());

        await EcsTestCloud.RetryAsync(() => DeleteAsync("mine"));
        await DeleteAsync("mine");
        (await networks.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldHaveSingleItem().Name.ShouldBe("skycompat");

        var instance = await cloud.RunAsync();
        var error = await Should.ThrowAsync<CloudException>(() => networks.DeleteAsync("skycompat", EcsTestCloud.Region, default));
        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.Conflict, false));
        error.Message.ShouldContain(instance.Id);

        async Task<bool> DeleteAsync(string name)
        {
            await networks.DeleteAsync(name, EcsTestCloud.Region, default);
            return true;
        }
    }

    [Fact]
    public async Task Address_ReserveAttachDetachRelease()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var addresses = cloud.Driver.Addresses!;
        var instance = await cloud.RunAsync();
        var token = new string('a', 32);

        var made = await addresses.ReserveAsync("front", EcsTestCloud.Region, token, EcsLaunches.Owner, default);
        (await addresses.ReserveAsync("front", EcsTestCloud.Region, token, EcsLaunches.Owner, default)).Id.ShouldBe(made.Id);
        await addresses.AttachAsync(made.Id, instance.Id, default);
        await addresses.AttachAsync(made.Id, instance.Id, default);
        await addresses.TryGetAsync(made.Id, default);
        var attached = await addresses.TryGetAsync(made.Id, default);

        (attached!.AttachedTo, attached.Address, attached.Name).ShouldBe((instance.Id, made.Address, "front"));
        (await cloud.Driver.TryGetAsync(instance.Id, default))!.PublicAddresses.ShouldContain(made.Address, StringComparer.Ordinal);
        (await Should.ThrowAsync<CloudException>(() => addresses.ReleaseAsync(made.Id, default))).Code.ShouldBe(CloudErrorCode.Conflict);
        await addresses.DetachAsync(made.Id, instance.Id, default);
        await addresses.TryGetAsync(made.Id, default);
        (await addresses.TryGetAsync(made.Id, default))!.AttachedTo.ShouldBeNull();
        await addresses.DetachAsync(made.Id, instance.Id, default);
        await addresses.ReleaseAsync(made.Id, default);
        await addresses.ReleaseAsync(made.Id, default);
        (await addresses.TryGetAsync(made.Id, default)).ShouldBeNull();
        (await addresses.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Address_InAnotherRegion_IsNamedByIt()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var addresses = cloud.Driver.Addresses!;

        var made = await addresses.ReserveAsync("front", EcsTestCloud.OtherRegion, new string('b', 32), EcsLaunches.Owner, default);

        made.Id.ShouldStartWith("eu-central-1/eip-");
        (await addresses.TryGetAsync(made.Id, default))!.Location.Region.ShouldBe(EcsTestCloud.OtherRegion);
        (await addresses.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldBeEmpty();
        (await addresses.ListPageAsync(EcsTestCloud.OtherRegion, null, default)).Items.ShouldHaveSingleItem().Id.ShouldBe(made.Id);
    }

    private static async Task<FirewallGroup> ListAsync(EcsTestCloud cloud) =>
        (await cloud.Driver.Firewalls!.ListPageAsync(EcsTestCloud.Region, null, default)).Items.Single(group => group.Name.StartsWith("skycompat-", StringComparison.Ordinal));
}
