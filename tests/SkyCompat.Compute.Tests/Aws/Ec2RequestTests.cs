using SkyCompat.Drivers;
using static SkyCompat.Compute.Tests.Aws.Ec2Samples;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>What is sent, and what is read, where no server shows it.</summary>
public sealed class Ec2RequestTests
{
    [Fact]
    public async Task Launch_SendsEverythingThatIsAsked()
    {
        var script = new ScriptedEc2().On("RunInstances", Reservation(Instance("pending")));
        await using var cloud = AwsTestCloud.On(script);
        var spec = new LaunchSpec
        {
            IdempotencyKey = "web",
            Image = ImageReference.OfId("ami-0abcdef1234567890"),
            UserData = "#!/bin/sh\necho ü\n",
            PublicAddress = true,
            BootDiskGiB = 20,
        };

        var receipt = await cloud.Driver.LaunchAsync(Launch(spec) with { FirewallGroupId = "sg-1", KeyPairName = "skycompat-key" }, default);

        receipt.Ids.ShouldBe([Id]);
        receipt.Handle.ShouldBe(Id);
        var sent = script.Of("RunInstances").ShouldHaveSingleItem();
        sent.Host.ShouldBe("ec2.eu-central-1.amazonaws.com");
        sent["ClientToken"].ShouldBe("0123456789abcdef0123456789abcdef");
        sent["ImageId"].ShouldBe("ami-0abcdef1234567890");
        sent["InstanceType"].ShouldBe("t3.micro");
        sent["MinCount"].ShouldBe("1");
        sent["MaxCount"].ShouldBe("1");
        sent["KeyName"].ShouldBe("skycompat-key");
        sent["Placement.AvailabilityZone"].ShouldBe("eu-central-1a");
        sent["UserData"].ShouldBe("IyEvYmluL3NoCmVjaG8gw7wK");
        sent["NetworkInterface.1.SubnetId"].ShouldBe("subnet-1234567890abcdef0");
        sent["NetworkInterface.1.AssociatePublicIpAddress"].ShouldBe("true");
        sent["NetworkInterface.1.DeleteOnTermination"].ShouldBe("true");
        sent["NetworkInterface.1.SecurityGroupId.1"].ShouldBe("sg-1");
        sent["BlockDeviceMapping.1.DeviceName"].ShouldBe("/dev/xvda");
        sent["BlockDeviceMapping.1.Ebs.VolumeSize"].ShouldBe("20");
        sent["BlockDeviceMapping.1.Ebs.DeleteOnTermination"].ShouldBe("true");
        sent["InstanceMarketOptions.MarketType"].ShouldBeNull();
        sent["HibernationOptions.Configured"].ShouldBeNull();
        foreach (var (index, kind) in new[] { (1, "instance"), (2, "volume"), (3, "network-interface") })
        {
            sent[$"TagSpecification.{index}.ResourceType"].ShouldBe(kind);
            TagsOf(sent, index).ShouldBe(
                [("skycompat-owner", "tests"), ("skycompat-key", "web"), ("skycompat-spec", "0123456789abcdef"), ("team", "blue"), ("Name", "web")], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task SpotLaunch_AsksForOneInstance_ThatIsTerminatedWhenTakenBack()
    {
        var script = new ScriptedEc2().On("RunInstances", Reservation(Instance("pending")));
        await using var cloud = AwsTestCloud.On(script);

        await cloud.Driver.LaunchAsync(Launch(offer: Offer(Market.Spot)), default);

        var sent = script.Of("RunInstances").ShouldHaveSingleItem();
        sent["InstanceMarketOptions.MarketType"].ShouldBe("spot");
        sent["InstanceMarketOptions.SpotOptions.SpotInstanceType"].ShouldBe("one-time");
        sent["InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior"].ShouldBe("terminate");
        sent["TagSpecification.4.ResourceType"].ShouldBe("spot-instances-request");
    }

    [Fact]
    public async Task SpotLaunch_ThatStopsWhenTakenBack_IsPersistent()
    {
        var script = new ScriptedEc2().On("RunInstances", Reservation(Instance("pending")));
        await using var cloud = AwsTestCloud.On(script);
        var spec = new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfId("ami-0abcdef1234567890"), SpotInterruption = SpotInterruption.Stop };

        await cloud.Driver.LaunchAsync(Launch(spec, Offer(Market.Spot)), default);

        var sent = script.Of("RunInstances").ShouldHaveSingleItem();
        sent["InstanceMarketOptions.SpotOptions.SpotInstanceType"].ShouldBe("persistent");
        sent["InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior"].ShouldBe("stop");
    }

    [Fact]
    public async Task TerminatingASpotInstance_CancelsItsRequestFirst_SoThatItDoesNotComeBack()
    {
        var script = new ScriptedEc2()
            .On("DescribeInstances", Instances(Instance("running", extra: "<instanceLifecycle>spot</instanceLifecycle><spotInstanceRequestId>sir-abcd1234</spotInstanceRequestId>")))
            .On("CancelSpotInstanceRequests", "<spotInstanceRequestSet><item><spotInstanceRequestId>sir-abcd1234</spotInstanceRequestId><state>cancelled</state></item></spotInstanceRequestSet>")
            .On("TerminateInstances", $"<instancesSet><item><instanceId>{Id}</instanceId><currentState><code>32</code><name>shutting-down</name></currentState></item></instancesSet>");
        await using var cloud = AwsTestCloud.On(script);

        await cloud.Driver.ActAsync(Id, InstanceAction.Terminate, default);

        script.Requests.Select(request => request.Action).ShouldBe(["DescribeInstances", "CancelSpotInstanceRequests", "TerminateInstances"]);
        script.Of("CancelSpotInstanceRequests")[0]["SpotInstanceRequestId.1"].ShouldBe("sir-abcd1234");
    }

    [Fact]
    public async Task TerminatingWhatIsNotThere_IsNotFound()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().Fail("DescribeInstances", "InvalidInstanceID.NotFound").Fail("TerminateInstances", "InvalidInstanceID.NotFound"));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync(Id, InstanceAction.Terminate, default));

        error.Reason.ShouldBe(ComputeErrorReasons.InstanceNotFound);
    }

    [Fact]
    public async Task Hibernation_IsAskedForAtTheLaunch_AndEncryptsTheBootDisk()
    {
        var script = new ScriptedEc2()
            .On("RunInstances", Reservation(Instance("pending")))
            .On("StopInstances", $"<instancesSet><item><instanceId>{Id}</instanceId><currentState><code>64</code><name>stopping</name></currentState></item></instancesSet>");
        await using var cloud = AwsTestCloud.On(script, options => options.Hibernation = true);

        await cloud.Driver.LaunchAsync(Launch(), default);
        await cloud.Driver.ActAsync(Id, InstanceAction.Hibernate, default);

        cloud.Driver.Capabilities.Supports(ComputeFeatures.Hibernate).ShouldBeTrue();
        var sent = script.Of("RunInstances").ShouldHaveSingleItem();
        sent["HibernationOptions.Configured"].ShouldBe("true");
        sent["BlockDeviceMapping.1.Ebs.Encrypted"].ShouldBe("true");
        script.Of("StopInstances").ShouldHaveSingleItem()["Hibernate"].ShouldBe("true");
    }

    [Fact]
    public async Task Hibernation_IsNotPromisedWithoutTheSetting()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2());

        cloud.Driver.Capabilities.Supports(ComputeFeatures.Hibernate).ShouldBeFalse();
        cloud.Driver.Capabilities.Supports(ComputeFeatures.StopKeepAllocated).ShouldBeFalse();
    }

    [Fact]
    public async Task BulkLaunch_IsOneRequest_AndEachInstanceHasItsName()
    {
        var tag = Tag("Name", "web-1..3") + Tag(ComputeTags.Key, "web");
        var script = new ScriptedEc2()
            .On("RunInstances", Reservation(Instance("pending", id: "i-00000000000000002").Replace("<amiLaunchIndex>0", "<amiLaunchIndex>1"), Instance("pending", id: "i-00000000000000001")))
            .On("DescribeInstances", Instances(
                Instance("running", id: "i-00000000000000002", tags: tag).Replace("<amiLaunchIndex>0", "<amiLaunchIndex>1"),
                Instance("running", id: "i-00000000000000001", tags: tag)));
        await using var cloud = AwsTestCloud.On(script);

        var receipt = await cloud.Driver.LaunchAsync(Launch(names: ["web-1", "web-2", "web-3"], minCount: 2), default);
        var page = await cloud.Driver.ListPageAsync(new InstanceQuery { Regions = [AwsTestCloud.Region] }, null, default);

        var sent = script.Of("RunInstances").ShouldHaveSingleItem();
        sent["MinCount"].ShouldBe("2");
        sent["MaxCount"].ShouldBe("3");
        TagsOf(sent, 1).ShouldContain(("Name", "web-1..3"));
        receipt.Ids.ShouldBe(["i-00000000000000001", "i-00000000000000002"]);
        page.Items.Select(instance => (instance.Id, instance.Name)).ShouldBe([("i-00000000000000002", "web-2"), ("i-00000000000000001", "web-1")]);
        page.Items[0].Tags.ContainsKey("Name").ShouldBeFalse();
    }

    [Fact]
    public async Task ListOfInstances_GoesOnByToken_ThroughAllRegions()
    {
        var script = new ScriptedEc2().On(
            "DescribeInstances",
            Instances(Instance("running", id: "i-00000000000000001")) + "<nextToken>more of a</nextToken>",
            Instances(Instance("running", id: "i-00000000000000002")),
            Instances(Instance("running", id: "i-00000000000000003")));
        await using var cloud = AwsTestCloud.On(script);
        var query = new InstanceQuery { Regions = [AwsTestCloud.Region, "us-west-2"], Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["a*b"] = "50% ? or \\ *" } };

        var seen = await AllAsync(token => cloud.Driver.ListPageAsync(query, token, default));

        seen.Select(instance => (instance.Id, instance.Location.Region)).ShouldBe(
            [("i-00000000000000001", AwsTestCloud.Region), ("i-00000000000000002", AwsTestCloud.Region), ("us-west-2/i-00000000000000003", "us-west-2")]);
        var sent = script.Of("DescribeInstances");
        sent.Select(request => (request.Host, request["NextToken"])).ShouldBe(
            [("ec2.eu-central-1.amazonaws.com", null), ("ec2.eu-central-1.amazonaws.com", "more of a"), ("ec2.us-west-2.amazonaws.com", null)]);
        sent.ShouldAllBe(request => request["MaxResults"] == "1000");
        sent[0]["Filter.1.Value.1"].ShouldBe("50% \\? or \\\\ \\*");
        sent[0]["Filter.2.Name"].ShouldBe("tag-key");
        sent[0]["Filter.2.Value.1"].ShouldBe(ComputeTags.Owner);
    }

    [Fact]
    public async Task IdOfAnotherRegion_IsSentThere()
    {
        var script = new ScriptedEc2().On("DescribeInstances", Instances(Instance("pending", id: "i-00000000000000003")));
        await using var cloud = AwsTestCloud.On(script);

        var instance = (await cloud.Driver.TryGetAsync("us-west-2/i-00000000000000003", default)).ShouldNotBeNull();

        instance.Id.ShouldBe("us-west-2/i-00000000000000003");
        script.Requests.ShouldHaveSingleItem().Host.ShouldBe("ec2.us-west-2.amazonaws.com");
        script.Requests.Single()["InstanceId.1"].ShouldBe("i-00000000000000003");
        script.Requests.Single()["MaxResults"].ShouldBeNull("ids and a page size may not be combined");
    }

    [Fact]
    public async Task Launch_ThatRefersToWhatIsNotVisibleYet_IsTransient()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().Fail("RunInstances", "InvalidGroup.NotFound", "The security group 'sg-1' does not exist"));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(Launch(), default));

        error.Code.ShouldBe(CloudErrorCode.NotFound);
        error.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task NoDefaultSubnet_SaysWhatToSet()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeSubnets", "<subnetSet/>"));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.PrepareAsync(Launch(), default));

        error.Code.ShouldBe(CloudErrorCode.NotFound);
        error.Scope.ShouldBe(ErrorScope.Zone);
        error.Message.ShouldContain("SubnetId");
    }

    [Fact]
    public async Task NoDefaultNetwork_SaysWhatToSet()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeVpcs", "<vpcSet/>"));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.Firewalls!.EnsureAsync("skycompat-x", [FirewallRule.Tcp(22)], AwsTestCloud.Region, null, Launch().SharedTags, default));

        error.Code.ShouldBe(CloudErrorCode.NotFound);
        error.Scope.ShouldBe(ErrorScope.Region);
        error.Message.ShouldContain("SubnetId");
    }

    [Fact]
    public async Task Firewall_WithOneRuleThatAppearedMeanwhile_SendsTheOthersAlone()
    {
        var script = new ScriptedEc2()
            .On("DescribeVpcs", "<vpcSet><item><vpcId>vpc-1</vpcId><isDefault>true</isDefault></item></vpcSet>")
            .On("DescribeSecurityGroups", $"<securityGroupInfo><item><groupId>sg-1</groupId><groupName>skycompat-x</groupName><vpcId>vpc-1</vpcId><ipPermissions/><tagSet>{Tag(ComputeTags.Owner, "tests")}</tagSet></item></securityGroupInfo>")
            .Fail("AuthorizeSecurityGroupIngress", "InvalidPermission.Duplicate", "the specified rule already exists")
            .Fail("AuthorizeSecurityGroupIngress", "InvalidPermission.Duplicate", "the specified rule already exists")
            .On("AuthorizeSecurityGroupIngress", "<return>true</return>");
        await using var cloud = AwsTestCloud.On(script);

        await cloud.Driver.Firewalls!.EnsureAsync("skycompat-x", [FirewallRule.Tcp(22), FirewallRule.Tcp(443)], AwsTestCloud.Region, null, Launch().SharedTags, default);

        script.Of("AuthorizeSecurityGroupIngress").Count.ShouldBe(3);
        script.Of("AuthorizeSecurityGroupIngress")[2]["IpPermissions.1.FromPort"].ShouldBe("443");
    }

    [Fact]
    public async Task Firewall_OfSomebodyElse_IsLeftAlone()
    {
        var script = new ScriptedEc2()
            .On("DescribeVpcs", "<vpcSet><item><vpcId>vpc-1</vpcId><isDefault>true</isDefault></item></vpcSet>")
            .On("DescribeSecurityGroups", "<securityGroupInfo><item><groupId>sg-1</groupId><groupName>office</groupName><vpcId>vpc-1</vpcId><ipPermissions/></item></securityGroupInfo>");
        await using var cloud = AwsTestCloud.On(script);

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.Firewalls!.EnsureAsync("office", [], AwsTestCloud.Region, null, Launch().SharedTags, default));

        error.Code.ShouldBe(CloudErrorCode.AlreadyExists);
    }

    [Fact]
    public async Task Images_AreAskedForByOwnerAndName_AndTheNewestIsTaken()
    {
        static string Image(string id, string date) => $"<item><imageId>{id}</imageId><name>n-{id}</name><architecture>arm64</architecture><creationDate>{date}</creationDate></item>";
        var script = new ScriptedEc2().On(
            "DescribeImages",
            $"<imagesSet>{Image("ami-1", "2026-01-01T00:00:00.000Z")}{Image("ami-3", "2026-03-01T00:00:00.000Z")}</imagesSet><nextToken>t</nextToken>",
            $"<imagesSet>{Image("ami-2", "2026-02-01T00:00:00.000Z")}</imagesSet>");
        await using var cloud = AwsTestCloud.On(script);

        var image = (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily("ubuntu-24.04"), CpuArchitecture.Arm64, AwsTestCloud.Region, default)).ShouldNotBeNull();

        image.Id.ShouldBe("ami-3");
        image.Family.ShouldBe("ubuntu-24.04");
        image.Architecture.ShouldBe(CpuArchitecture.Arm64);
        var sent = script.Of("DescribeImages");
        sent.Count.ShouldBe(2);
        sent[1]["NextToken"].ShouldBe("t");
        sent.ShouldAllBe(request => request["Owner.1"] == "099720109477" && request["Filter.1.Value.1"] == "ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-arm64-server-*");
    }

    [Theory]
    [InlineData("debian-12", "136693071363", "debian-12-amd64-*")]
    [InlineData("debian-13", "136693071363", "debian-13-amd64-*")]
    [InlineData("ubuntu-22.04", "099720109477", "ubuntu/images/hvm-ssd*/ubuntu-jammy-22.04-amd64-server-*")]
    [InlineData("amazon-linux-2023", "amazon", "al2023-ami-2023.*-kernel-*-x86_64")]
    public async Task Family_HasItsPublisherAndName(string family, string owner, string name)
    {
        var script = new ScriptedEc2().On("DescribeImages", "<imagesSet/>");
        await using var cloud = AwsTestCloud.On(script);

        (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily(family), CpuArchitecture.X64, AwsTestCloud.Region, default)).ShouldBeNull();

        cloud.Driver.ImageFamilies.ShouldContain(known => known == family);
        script.Requests.ShouldHaveSingleItem()["Owner.1"].ShouldBe(owner);
        script.Requests.Single()["Filter.1.Value.1"].ShouldBe(name);
    }

    [Fact]
    public async Task UnknownFamily_AsksForNothing()
    {
        var script = new ScriptedEc2();
        await using var cloud = AwsTestCloud.On(script);

        (await cloud.Driver.TryFindImageAsync(ImageReference.OfFamily("beos"), CpuArchitecture.X64, AwsTestCloud.Region, default)).ShouldBeNull();

        script.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReservingTwiceAfterALostReply_GivesTheFirstAddress()
    {
        var script = new ScriptedEc2().On(
            "DescribeAddresses",
            $"<addressesSet><item><publicIp>203.0.113.7</publicIp><allocationId>eipalloc-1</allocationId><domain>vpc</domain><tagSet>{Tag("Name", "front")}</tagSet></item></addressesSet>");
        await using var cloud = AwsTestCloud.On(script);

        var address = await cloud.Driver.Addresses!.ReserveAsync("front", AwsTestCloud.Region, "t", Launch().Tags, default);

        address.ShouldSatisfyAllConditions(a => a.Id.ShouldBe("eipalloc-1"), a => a.Address.ShouldBe("203.0.113.7"), a => a.Name.ShouldBe("front"));
        script.Requests.ShouldHaveSingleItem().Action.ShouldBe("DescribeAddresses");
    }

    [Fact]
    public async Task Offers_CombineTypesZonesAndSpotPrices_OverPages()
    {
        static string Type(string name, int cpus, int mib, string gpu = "") => $"""
            <item><instanceType>{name}</instanceType><currentGeneration>true</currentGeneration><supportedUsageClasses><item>on-demand</item><item>spot</item></supportedUsageClasses>
            <processorInfo><supportedArchitectures><item>x86_64</item></supportedArchitectures></processorInfo><vCpuInfo><defaultVCpus>{cpus}</defaultVCpus></vCpuInfo><memoryInfo><sizeInMiB>{mib}</sizeInMiB></memoryInfo>{gpu}</item>
            """;
        static string Place(string type, string zone) => $"<item><instanceType>{type}</instanceType><locationType>availability-zone</locationType><location>{zone}</location></item>";
        static string Price(string type, string zone, string usd, string at) => $"<item><instanceType>{type}</instanceType><productDescription>Linux/UNIX</productDescription><spotPrice>{usd}</spotPrice><timestamp>{at}</timestamp><availabilityZone>{zone}</availabilityZone></item>";
        var script = new ScriptedEc2()
            .On(
                "DescribeInstanceTypes",
                $"<instanceTypeSet>{Type("m7i.large", 2, 8192)}{Type("m7i.metal-48xl", 192, 786432)}</instanceTypeSet><nextToken>t</nextToken>",
                $"<instanceTypeSet>{Type("g6.xlarge", 4, 16384, "<gpuInfo><gpus><item><name>L4</name><manufacturer>NVIDIA</manufacturer><count>1</count></item></gpus></gpuInfo>")}</instanceTypeSet>")
            .On("DescribeInstanceTypeOfferings", $"<instanceTypeOfferingSet>{Place("m7i.large", "eu-central-1a")}</instanceTypeOfferingSet><nextToken>u</nextToken>", $"<instanceTypeOfferingSet>{Place("m7i.large", "eu-central-1b")}</instanceTypeOfferingSet>")
            .On("DescribeSpotPriceHistory", $"<spotPriceHistorySet>{Price("m7i.large", "eu-central-1a", "0.031000", "2026-01-02T00:00:00.000Z")}{Price("m7i.large", "eu-central-1a", "0.032500", "2026-01-02T03:00:00.000Z")}</spotPriceHistorySet>");
        await using var cloud = AwsTestCloud.On(script);
        var query = new OfferQuery(new MachineNeed { MinVCpus = 2, MaxVCpus = 8, MinMemoryGiB = 8, Markets = [Market.Spot, Market.OnDemand] }) { Regions = [AwsTestCloud.Region] };

        var offers = await AllAsync(token => cloud.Driver.FindOffersPageAsync(query, token, default));

        offers.Select(offer => (offer.InstanceType, offer.Location.Zone, offer.Market, offer.HourlyPriceUsd)).ShouldBe(
            [
                ("m7i.large", "eu-central-1a", Market.Spot, 0.0325m),
                ("m7i.large", "eu-central-1a", Market.OnDemand, null),
                ("m7i.large", "eu-central-1b", Market.Spot, null),
                ("m7i.large", "eu-central-1b", Market.OnDemand, null),
            ],
            ignoreOrder: true);
        offers.ShouldAllBe(offer => offer.Family == "m7i" && offer.QuotaGroup == "Standard" && offer.Shape == new MachineShape(2, 8));
        offers.Single(offer => offer.HourlyPriceUsd is not null).PricedAt.ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero));
        script.Of("DescribeInstanceTypes").Select(request => request["NextToken"]).ShouldBe([null, "t"]);
        script.Of("DescribeInstanceTypeOfferings").Select(request => request["NextToken"]).ShouldBe([null, "u"]);
    }

    [Fact]
    public async Task OffersForAGpu_NameItsModel()
    {
        const string type = """
            <instanceTypeSet><item><instanceType>g6.12xlarge</instanceType><supportedUsageClasses><item>on-demand</item></supportedUsageClasses><processorInfo><supportedArchitectures><item>x86_64</item></supportedArchitectures></processorInfo>
            <vCpuInfo><defaultVCpus>48</defaultVCpus></vCpuInfo><memoryInfo><sizeInMiB>196608</sizeInMiB></memoryInfo><gpuInfo><gpus><item><name>L4</name><manufacturer>NVIDIA</manufacturer><count>4</count></item></gpus></gpuInfo></item></instanceTypeSet>
            """;
        var script = new ScriptedEc2()
            .On("DescribeInstanceTypes", type)
            .On("DescribeInstanceTypeOfferings", "<instanceTypeOfferingSet><item><instanceType>g6.12xlarge</instanceType><locationType>availability-zone</locationType><location>eu-central-1a</location></item></instanceTypeOfferingSet>")
            .On("DescribeSpotPriceHistory", "<spotPriceHistorySet/>");
        await using var cloud = AwsTestCloud.On(script);
        var query = new OfferQuery(new MachineNeed { Gpu = new GpuNeed(2, "l4"), Markets = [Market.OnDemand, Market.Spot] }) { Regions = [AwsTestCloud.Region] };

        var offer = (await cloud.Driver.FindOffersPageAsync(query, null, default)).Items.ShouldHaveSingleItem("spot is not among its usage classes");

        offer.Shape.ShouldBe(new MachineShape(48, 192, CpuArchitecture.X64, 4, "NVIDIA L4"));
        (offer.Family, offer.QuotaGroup).ShouldBe(("g6", "G and VT"));
    }

    [Fact]
    public async Task UnknownInstanceType_GivesNoOffers()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().Fail("DescribeInstanceTypes", "InvalidInstanceType", "The following supplied instance types do not exist: [z9.huge]"), checks: false);

        (await cloud.Driver.FindOffersPageAsync(new OfferQuery(new MachineNeed { InstanceType = "z9.huge" }) { Regions = [AwsTestCloud.Region] }, null, default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task ConsoleOfAnInstanceWithoutLatestOutput_IsAskedForAgainWithout()
    {
        var script = new ScriptedEc2()
            .Fail("GetConsoleOutput", "UnsupportedOperation", "This instance type does not support retrieving the latest console logs")
            .On("GetConsoleOutput", $"<instanceId>{Id}</instanceId><output>TGludXggdmVyc2lvbiA2</output>");
        await using var cloud = AwsTestCloud.On(script);

        (await cloud.Driver.GetConsoleOutputAsync(Id, default)).ShouldBe("Linux version 6");

        script.Of("GetConsoleOutput").Select(request => request["Latest"]).ShouldBe(["true", null]);
    }

    [Fact]
    public async Task Leftovers_AreLooseInterfacesSpotRequestsAndGateways()
    {
        var owned = $"<tagSet>{Tag(ComputeTags.Owner, "tests")}{Tag(ComputeTags.Key, "web")}</tagSet>";
        var script = new ScriptedEc2()
            .On("DescribeNetworkInterfaces", $"<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId><status>available</status>{owned}</item></networkInterfaceSet>")
            .On("DescribeSpotInstanceRequests", $"<spotInstanceRequestSet><item><spotInstanceRequestId>sir-1</spotInstanceRequestId><state>open</state>{owned}</item><item><spotInstanceRequestId>sir-2</spotInstanceRequestId><state>active</state><instanceId>{Id}</instanceId>{owned}</item></spotInstanceRequestSet>")
            .On("DescribeInternetGateways", $"<internetGatewaySet><item><internetGatewayId>igw-1</internetGatewayId><attachmentSet/>{owned}</item></internetGatewaySet>")
            .Fail("DeleteNetworkInterface", "InvalidNetworkInterfaceID.NotFound")
            .On("CancelSpotInstanceRequests", "<spotInstanceRequestSet/>")
            .On("DeleteInternetGateway", "<return>true</return>");
        await using var cloud = AwsTestCloud.On(script);

        var found = await cloud.Driver.ListLeftoversAsync("tests", AwsTestCloud.Region, default);
        foreach (var resource in found)
        {
            await cloud.Driver.DeleteLeftoverAsync(resource, default);
        }

        found.Select(resource => (resource.Kind, resource.Id, resource.InUse, resource.IdempotencyKey)).ShouldBe(
            [("network-interface", "eni-1", false, "web"), ("spot-request", "sir-1", false, "web"), ("spot-request", "sir-2", true, "web"), ("internet-gateway", "igw-1", false, "web")]);
        script.Of("CancelSpotInstanceRequests").Count.ShouldBe(2);
    }

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<DriverPage<T>>> read)
    {
        var all = new List<T>();
        string? token = null;
        do
        {
            var page = await read(token);
            all.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token is not null);
        return all;
    }

    private static List<(string Key, string Value)> TagsOf(ScriptedRequest request, int index)
    {
        var tags = new List<(string Key, string Value)>();
        for (var n = 1; request[$"TagSpecification.{index}.Tag.{n}.Key"] is { } key; n++)
        {
            tags.Add((key, request[$"TagSpecification.{index}.Tag.{n}.Value"]!));
        }

        return tags;
    }
}
