using Amazon.EC2;
using Amazon.EC2.Model;
using SkyCompat.Drivers;
using Instance = SkyCompat.Compute.Instance;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>Each operation of the driver against the server moto, in an account of its own.</summary>
public sealed class MotoEc2Tests(MotoAccount account) : IClassFixture<MotoAccount>
{
    private const string Zone = AwsTestCloud.Region + "a";
    private const string PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBxN4cXhXCnUoBEUV5WKSKrPEvSVLCl7vcP8DQ0GJKmB tests";
    private const string OtherKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ tests";

    [Fact]
    public async Task Instance_LivesThroughItsWholeLife()
    {
        await using var cloud = account.Open();
        var name = NewName();
        var group = await cloud.Driver.Firewalls!.EnsureAsync($"skycompat-{name}", [FirewallRule.Tcp(22)], AwsTestCloud.Region, null, Owned(name), default);
        var request = await PrepareAsync(cloud, Request(name, MotoAccount.Image) with { FirewallGroupId = group.Id });

        var receipt = await cloud.Driver.LaunchAsync(request, default);
        var id = receipt.Ids.ShouldHaveSingleItem();
        (await cloud.Driver.CheckAsync(receipt.Handle.ShouldNotBeNull(), default)).ShouldBe(OperationCheck.Done);

        var running = await GetAsync(cloud, id);
        running.ShouldSatisfyAllConditions(
            i => i.Phase.ShouldBe(InstancePhase.Running),
            i => i.ComputeBilled.ShouldBeTrue(),
            i => i.Name.ShouldBe(name),
            i => i.InstanceType.ShouldBe("t3.micro"),
            i => i.Location.ShouldBe(new CloudLocation(AwsTestCloud.Region, Zone)),
            i => i.Tags.ShouldBe(request.Tags, ignoreOrder: true),
            i => i.PrivateAddresses.ShouldHaveSingleItem(),
            i => i.PublicAddresses.ShouldHaveSingleItem(),
            i => i.CreatedAt.ShouldNotBeNull());
        (await ListAsync(cloud, name)).ShouldHaveSingleItem().Id.ShouldBe(id);

        await cloud.Driver.ActAsync(id, InstanceAction.Reboot, default);
        await cloud.Driver.ActAsync(id, InstanceAction.Stop, default);
        await cloud.Driver.ActAsync(id, InstanceAction.Stop, default);
        (await GetAsync(cloud, id)).ShouldSatisfyAllConditions(i => i.Phase.ShouldBe(InstancePhase.Stopped), i => i.ComputeBilled.ShouldBeFalse());
        await cloud.Driver.ActAsync(id, InstanceAction.Start, default);
        (await GetAsync(cloud, id)).Phase.ShouldBe(InstancePhase.Running);
        (await cloud.Driver.GetConsoleOutputAsync(id, default)).ShouldNotBeNull();

        await cloud.Driver.ActAsync(id, InstanceAction.Terminate, default);
        (await GetAsync(cloud, id)).Phase.ShouldBe(InstancePhase.Gone);
        (await ListAsync(cloud, name)).ShouldHaveSingleItem().Phase.ShouldBe(InstancePhase.Gone, "what is gone is listed as long as EC2 shows it");
    }

    [Fact]
    public async Task BulkLaunch_MakesSeveralWithNamesOfTheirOwn()
    {
        await using var cloud = account.Open();
        var name = NewName();
        var request = await PrepareAsync(cloud, Request(name, MotoAccount.Image) with { Names = [$"{name}-1", $"{name}-2", $"{name}-3"], MinCount = 3 });

        var receipt = await cloud.Driver.LaunchAsync(request, default);

        receipt.Ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        (await ListAsync(cloud, name)).Select(instance => instance.Name).ShouldBe(request.Names, ignoreOrder: true);
        foreach (var id in receipt.Ids)
        {
            await cloud.Driver.ActAsync(id, InstanceAction.Terminate, default);
        }
    }

    [Fact]
    public async Task SpotInstance_IsInTheSpotMarket()
    {
        await using var cloud = account.Open();
        var name = NewName();
        var request = Request(name, MotoAccount.Image);

        var receipt = await cloud.Driver.LaunchAsync(await PrepareAsync(cloud, request with { Offer = request.Offer with { Market = Market.Spot } }), default);

        (await GetAsync(cloud, receipt.Ids[0])).Market.ShouldBe(Market.Spot);
        await cloud.Driver.ActAsync(receipt.Ids[0], InstanceAction.Terminate, default);
    }

    [Fact]
    public async Task InstanceOfAnotherRegion_HasItInItsId()
    {
        await using var cloud = account.Open();
        var name = NewName();
        var image = (await cloud.Driver.TryFindImageAsync(ImageReference.OfId(MotoAccount.Image), CpuArchitecture.X64, "us-west-2", default)).ShouldNotBeNull();
        var request = Request(name, image.Id);
        request = request with { Offer = request.Offer with { Location = new CloudLocation("us-west-2", "us-west-2b") } };

        var id = (await cloud.Driver.LaunchAsync(await PrepareAsync(cloud, request), default)).Ids[0];

        id.ShouldStartWith("us-west-2/i-");
        (await GetAsync(cloud, id)).Location.ShouldBe(new CloudLocation("us-west-2", "us-west-2b"));
        (await cloud.Driver.TryGetAsync(id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..], default)).ShouldBeNull("it is not in the cloud's own region");
        await cloud.Driver.ActAsync(id, InstanceAction.Terminate, default);
    }

    [Fact]
    public async Task WhatIsNotThere_IsNullOrNotFound()
    {
        await using var cloud = account.Open();

        (await cloud.Driver.TryGetAsync("i-00000000000000000", default)).ShouldBeNull();
        (await cloud.Driver.TryFindImageAsync(ImageReference.OfId("ami-00000000000000000"), CpuArchitecture.X64, AwsTestCloud.Region, default)).ShouldBeNull();
        (await cloud.Driver.Disks!.TryGetAsync("vol-00000000000000000", default)).ShouldBeNull();
        (await cloud.Driver.Snapshots!.TryGetAsync("snap-00000000000000000", default)).ShouldBeNull();
        (await cloud.Driver.Addresses!.TryGetAsync("eipalloc-00000000000000000", default)).ShouldBeNull();
        foreach (var action in new[] { InstanceAction.Start, InstanceAction.Stop, InstanceAction.Reboot, InstanceAction.Terminate })
        {
            (await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("i-00000000000000000", action, default))).Reason.ShouldBe(ComputeErrorReasons.InstanceNotFound);
        }
    }

    [Fact]
    public async Task DeletingWhatIsNotThere_IsDone()
    {
        await using var cloud = account.Open();

        await cloud.Driver.Disks!.DeleteAsync("vol-00000000000000000", default);
        await cloud.Driver.Snapshots!.DeleteAsync("snap-00000000000000000", default);
        await cloud.Driver.Addresses!.ReleaseAsync("eipalloc-00000000000000000", default);
        await cloud.Driver.KeyPairs!.DeleteAsync("none", AwsTestCloud.Region, default);
        await cloud.Driver.Firewalls!.DeleteAsync("none", AwsTestCloud.Region, default);
        await cloud.Driver.Networks!.DeleteAsync("none", AwsTestCloud.Region, default);
    }

    [Fact]
    public async Task Offers_AreOfTheShapeAndZonesAskedFor()
    {
        await using var cloud = account.Open();
        var query = new OfferQuery(new MachineNeed { InstanceType = "m5.large", Markets = [Market.OnDemand, Market.Spot] }) { Regions = [AwsTestCloud.Region], Zones = [Zone] };

        var offers = (await cloud.Driver.FindOffersPageAsync(query, null, default)).Items;

        offers.Select(offer => (offer.InstanceType, offer.Location.Zone, offer.Market)).ShouldBe([("m5.large", Zone, Market.OnDemand), ("m5.large", Zone, Market.Spot)]);
        offers[0].Shape.ShouldBe(new MachineShape(2, 8));
        offers[0].HourlyPriceUsd.ShouldBeNull("EC2 does not tell prices on demand");
        offers[1].HourlyPriceUsd.ShouldNotBeNull();
        offers[1].PricedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Offers_OfAnyType_FitTheNeed()
    {
        await using var cloud = account.Open();
        var need = new MachineNeed { MinVCpus = 4, MaxVCpus = 4, MinMemoryGiB = 16, MaxMemoryGiB = 16, Architecture = CpuArchitecture.Arm64 };

        var page = await cloud.Driver.FindOffersPageAsync(new OfferQuery(need) { Regions = [AwsTestCloud.Region] }, null, default);

        page.Items.ShouldContain(offer => offer.InstanceType == "m6g.xlarge");
        page.Items.ShouldAllBe(offer => need.Refuses(offer.Shape) == null);
    }

    [Fact]
    public async Task Firewall_ComesToHaveExactlyTheRules()
    {
        await using var cloud = account.Open();
        var name = $"skycompat-{NewName()}";
        FirewallRule[] first = [FirewallRule.Tcp(22, "203.0.113.0/24"), FirewallRule.Tcp(443), new(FirewallProtocol.Icmp, 0, 0), new(FirewallProtocol.Tcp, 443, 443, "::/0")];
        FirewallRule[] second = [FirewallRule.Tcp(22, "198.51.100.0/24"), FirewallRule.Tcp(443), new(FirewallProtocol.Udp, 5000, 5010)];

        var made = await EnsureAsync(first);
        (await FindAsync()).Inbound.ShouldBe(first, ignoreOrder: true);
        var again = await EnsureAsync(first);
        var changed = await EnsureAsync(second);

        again.Id.ShouldBe(made.Id);
        changed.Id.ShouldBe(made.Id);
        var found = await FindAsync();
        found.Inbound.ShouldBe(second, ignoreOrder: true);
        found.Tags[ComputeTags.Owner].ShouldBe("tests");
        await EnsureAsync([]);
        (await FindAsync()).Inbound.ShouldBeEmpty();
        await cloud.Driver.Firewalls!.DeleteAsync(name, AwsTestCloud.Region, default);
        (await cloud.Driver.Firewalls!.ListPageAsync(AwsTestCloud.Region, null, default)).Items.ShouldNotContain(group => group.Name == name);

        Task<FirewallGroup> EnsureAsync(FirewallRule[] rules) => cloud.Driver.Firewalls!.EnsureAsync(name, rules, AwsTestCloud.Region, null, Shared, default);
        async Task<FirewallGroup> FindAsync() => (await cloud.Driver.Firewalls!.ListPageAsync(AwsTestCloud.Region, null, default)).Items.Single(group => group.Name == name);
    }

    [Fact]
    public async Task KeyPair_IsKnownOnce_AndNotTakenOver()
    {
        await using var cloud = account.Open();
        var name = NewName();

        var made = await cloud.Driver.KeyPairs!.ImportAsync(name, PublicKey, AwsTestCloud.Region, Shared, default);
        var again = await cloud.Driver.KeyPairs!.ImportAsync(name, PublicKey, AwsTestCloud.Region, Shared, default);
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.KeyPairs!.ImportAsync(name, OtherKey, AwsTestCloud.Region, Shared, default));

        made.Fingerprint.ShouldNotBeNullOrEmpty();
        again.Fingerprint.ShouldBe(made.Fingerprint);
        error.Code.ShouldBe(CloudErrorCode.AlreadyExists);
        (await cloud.Driver.KeyPairs!.ListPageAsync(AwsTestCloud.Region, null, default)).Items.Single(pair => pair.Name == name).Tags[ComputeTags.Owner].ShouldBe("tests");
        await cloud.Driver.KeyPairs!.DeleteAsync(name, AwsTestCloud.Region, default);
        (await cloud.Driver.KeyPairs!.ListPageAsync(AwsTestCloud.Region, null, default)).Items.ShouldNotContain(pair => pair.Name == name);
    }

    [Fact]
    public async Task Network_HasASubnetInEachZoneAndAWayOut()
    {
        await using var cloud = account.Open();
        var name = NewName();

        var made = await EnsureAsync("10.77.0.0/16");
        var again = await EnsureAsync("10.77.0.0/16");
        var error = await Should.ThrowAsync<CloudException>(() => EnsureAsync("10.78.0.0/16"));
        var listed = (await cloud.Driver.Networks!.ListPageAsync(AwsTestCloud.Region, null, default)).Items.Single(network => network.Name == name);

        made.SubnetIds.Keys.ShouldBe([Zone, AwsTestCloud.Region + "b", AwsTestCloud.Region + "c"], ignoreOrder: true);
        made.AddressRange.ShouldBe("10.77.0.0/16");
        again.ShouldSatisfyAllConditions(n => n.Id.ShouldBe(made.Id), n => n.SubnetIds.ShouldBe(made.SubnetIds, ignoreOrder: true));
        listed.ShouldSatisfyAllConditions(n => n.Id.ShouldBe(made.Id), n => n.SubnetIds.ShouldBe(made.SubnetIds, ignoreOrder: true), n => n.Tags[ComputeTags.Owner].ShouldBe("tests"));
        error.Code.ShouldBe(CloudErrorCode.AlreadyExists);
        var native = Native(cloud);
        (await native.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { Filters = [new Filter("vpc-id", [made.Id])] })).RouteTables.Single()
            .Routes.ShouldContain(route => route.DestinationCidrBlock == "0.0.0.0/0" && route.GatewayId.StartsWith("igw-", StringComparison.Ordinal));

        // A launch there has its firewall group there too.
        var subnet = made.SubnetIds[Zone];
        var group = await cloud.Driver.Firewalls!.EnsureAsync($"skycompat-{name}", [FirewallRule.Tcp(22)], AwsTestCloud.Region, subnet, Shared, default);
        var request = Request(name, MotoAccount.Image);
        request = await PrepareAsync(cloud, request with { FirewallGroupId = group.Id, Spec = request.Spec with { SubnetId = subnet } });
        var id = (await cloud.Driver.LaunchAsync(request, default)).Ids[0];
        (await native.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [id] })).Reservations[0].Instances[0].SubnetId.ShouldBe(subnet);
        await cloud.Driver.ActAsync(id, InstanceAction.Terminate, default);

        await cloud.Driver.Networks!.DeleteAsync(name, AwsTestCloud.Region, default);
        (await cloud.Driver.Networks!.ListPageAsync(AwsTestCloud.Region, null, default)).Items.ShouldNotContain(network => network.Name == name);
        (await cloud.Driver.ListLeftoversAsync("tests", AwsTestCloud.Region, default)).ShouldNotContain(resource => resource.Kind == "internet-gateway");

        Task<MachineNetwork> EnsureAsync(string range) => cloud.Driver.Networks!.EnsureAsync(name, range, AwsTestCloud.Region, Shared, default);
    }

    [Fact]
    public async Task OfferOfAnotherZoneThanTheSubnet_RulesOutTheZone()
    {
        await using var cloud = account.Open();
        var subnet = (await Native(cloud).DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = [new Filter("availability-zone", [AwsTestCloud.Region + "b"])] })).Subnets[0].SubnetId;
        var request = Request(NewName(), "ami-1");

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.PrepareAsync(request with { Spec = request.Spec with { SubnetId = subnet } }, default));

        error.Code.ShouldBe(CloudErrorCode.Unsupported);
        error.Scope.ShouldBe(ErrorScope.Zone);
    }

    [Fact]
    public async Task DiskAndSnapshot_LiveThroughTheirWholeLife()
    {
        await using var cloud = account.Open();
        var name = NewName();
        var disks = cloud.Driver.Disks!;
        var snapshots = cloud.Driver.Snapshots!;
        var instance = (await cloud.Driver.LaunchAsync(await PrepareAsync(cloud, Request(name, MotoAccount.Image)), default)).Ids[0];

        var disk = await disks.CreateAsync(new DiskSpec(name, 10, new CloudLocation(AwsTestCloud.Region, Zone)), NewName(), Owned(name), default);
        (await disks.TryGetAsync(disk.Id, default)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            d => d.IsReady.ShouldBeTrue(), d => d.SizeGiB.ShouldBe(10), d => d.Name.ShouldBe(name), d => d.AttachedTo.ShouldBeNull(), d => d.Tags.ShouldBe(Owned(name), ignoreOrder: true));
        await disks.AttachAsync(disk.Id, instance, default);
        await disks.AttachAsync(disk.Id, instance, default);
        (await disks.TryGetAsync(disk.Id, default)).ShouldNotBeNull().AttachedTo.ShouldBe(instance);
        (await disks.ListPageAsync(AwsTestCloud.Region, null, default)).Items.ShouldContain(found => found.Id == disk.Id);
        (await Should.ThrowAsync<CloudException>(() => disks.DeleteAsync(disk.Id, default))).Code.ShouldBe(CloudErrorCode.Conflict);

        var snapshot = await snapshots.CreateAsync(disk.Id, name, NewName(), Owned(name), default);
        var again = await snapshots.CreateAsync(disk.Id, name, NewName(), Owned(name), default);
        again.Id.ShouldBe(snapshot.Id);
        (await snapshots.TryGetAsync(snapshot.Id, default)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            s => s.IsReady.ShouldBeTrue(), s => s.DiskId.ShouldBe(disk.Id), s => s.Name.ShouldBe(name), s => s.SizeGiB.ShouldBe(10));
        (await snapshots.ListPageAsync(AwsTestCloud.Region, null, default)).Items.ShouldContain(found => found.Id == snapshot.Id);

        await disks.DetachAsync(disk.Id, instance, default);
        await disks.DetachAsync(disk.Id, instance, default);
        (await disks.TryGetAsync(disk.Id, default)).ShouldNotBeNull().AttachedTo.ShouldBeNull();
        await disks.DeleteAsync(disk.Id, default);
        (await disks.TryGetAsync(disk.Id, default)).ShouldBeNull();
        var copy = await disks.CreateAsync(new DiskSpec($"{name}b", 20, new CloudLocation(AwsTestCloud.Region, Zone)) { SnapshotId = snapshot.Id }, NewName(), Owned($"{name}b"), default);
        copy.SizeGiB.ShouldBe(20);
        await disks.DeleteAsync(copy.Id, default);
        await snapshots.DeleteAsync(snapshot.Id, default);
        (await snapshots.TryGetAsync(snapshot.Id, default)).ShouldBeNull();
        await cloud.Driver.ActAsync(instance, InstanceAction.Terminate, default);
    }

    [Fact]
    public async Task DiskWithoutAZone_SaysWhatToSet()
    {
        await using var cloud = account.Open();

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.Disks!.CreateAsync(new DiskSpec("d", 1, new CloudLocation(AwsTestCloud.Region)), "t", Owned("d"), default));

        error.Code.ShouldBe(CloudErrorCode.InvalidArgument);
        error.Message.ShouldContain("Location.Zone");
    }

    [Fact]
    public async Task Address_LivesThroughItsWholeLife()
    {
        await using var cloud = account.Open();
        var name = NewName();
        var addresses = cloud.Driver.Addresses!;
        var instance = (await cloud.Driver.LaunchAsync(await PrepareAsync(cloud, Request(name, MotoAccount.Image)), default)).Ids[0];

        var address = await addresses.ReserveAsync(name, AwsTestCloud.Region, NewName(), Owned(name), default);
        (await addresses.ReserveAsync(name, AwsTestCloud.Region, NewName(), Owned(name), default)).Id.ShouldBe(address.Id);
        await addresses.AttachAsync(address.Id, instance, default);
        await addresses.AttachAsync(address.Id, instance, default);
        (await addresses.TryGetAsync(address.Id, default)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            a => a.AttachedTo.ShouldBe(instance), a => a.Name.ShouldBe(name), a => a.Address.ShouldBe(address.Address), a => a.Tags.ShouldBe(Owned(name), ignoreOrder: true));
        (await addresses.ListPageAsync(AwsTestCloud.Region, null, default)).Items.ShouldContain(found => found.Id == address.Id);

        await addresses.DetachAsync(address.Id, instance, default);
        await addresses.DetachAsync(address.Id, instance, default);
        (await addresses.TryGetAsync(address.Id, default)).ShouldNotBeNull().AttachedTo.ShouldBeNull();
        await addresses.ReleaseAsync(address.Id, default);
        await addresses.ReleaseAsync(address.Id, default);
        (await addresses.TryGetAsync(address.Id, default)).ShouldBeNull();
        await cloud.Driver.ActAsync(instance, InstanceAction.Terminate, default);
    }

    private static Dictionary<string, string> Shared { get; } = new(StringComparer.Ordinal) { [ComputeTags.Owner] = "tests" };

    private static Dictionary<string, string> Owned(string key) => new(StringComparer.Ordinal) { [ComputeTags.Owner] = "tests", [ComputeTags.Key] = key };

    private static string NewName() => $"t{Guid.NewGuid():N}"[..12];

    private static IAmazonEC2 Native(AwsTestCloud cloud) => (IAmazonEC2)cloud.Driver.GetService(typeof(IAmazonEC2)).ShouldNotBeNull();

    private static LaunchRequest Request(string name, string image)
    {
        var sample = Ec2Samples.Launch(new LaunchSpec { IdempotencyKey = name, Image = ImageReference.OfId(image), PublicAddress = true, UserData = "#!/bin/sh\ntrue\n", BootDiskGiB = 12 }, image: image);
        return sample with { Names = [name], ClientToken = Guid.NewGuid().ToString("N"), Tags = new Dictionary<string, string>(sample.Tags, StringComparer.Ordinal) { [ComputeTags.Key] = name } };
    }

    private static async Task<LaunchRequest> PrepareAsync(AwsTestCloud cloud, LaunchRequest request) =>
        request with { Prepared = await cloud.Driver.PrepareAsync(request with { Prepared = new Dictionary<string, string>(StringComparer.Ordinal) }, default) };

    private static async Task<Instance> GetAsync(AwsTestCloud cloud, string id) => (await cloud.Driver.TryGetAsync(id, default)).ShouldNotBeNull();

    private static async Task<IReadOnlyList<Instance>> ListAsync(AwsTestCloud cloud, string key) =>
        (await cloud.Driver.ListPageAsync(new InstanceQuery { Regions = [AwsTestCloud.Region], Tags = Owned(key) }, null, default)).Items;
}
