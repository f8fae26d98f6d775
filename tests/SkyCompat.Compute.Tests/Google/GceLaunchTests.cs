using System.Text;
using System.Text.Json;
using SkyCompat.Emulators.GoogleCompute;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>Launching: what is sent, and that a launch that comes twice launches once.</summary>
public sealed class GceLaunchTests
{
    private const string Instances = $"zones/{GceTestCloud.Zone}/instances";

    [Fact]
    public async Task Launch_Plain_SaysWhatItMakes()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var spec = new LaunchSpec
        {
            IdempotencyKey = GceTestCloud.Key,
            Image = ImageReference.OfFamily("ubuntu-24.04"),
            PublicAddress = true,
            BootDiskGiB = 20,
            SshPublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2hXfQ2eNqXQ7mTn3oLw4yGm2hQ6mC8m1V0yN1oZr9k me",
            AdminUser = "ada",
            UserData = "#cloud-config\npackages: [nginx]\n",
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "blue" },
        };
        var request = await cloud.RequestAsync(spec) with { FirewallGroupId = "skycompat-12345678" };
        var receipt = await cloud.Driver.LaunchAsync(request, default);

        receipt.Ids.ShouldBe([$"{GceTestCloud.Zone}/{GceTestCloud.Key}"]);
        receipt.Handle.ShouldNotBeNull().ShouldStartWith($"zones/{GceTestCloud.Zone}/operations/operation-");
        using var made = JsonDocument.Parse(cloud.Emulator.Find(Instances, GceTestCloud.Key)!);
        var root = made.RootElement;
        root.GetProperty("status").GetString().ShouldBe("PROVISIONING");
        root.GetProperty("machineType").GetString().ShouldEndWith("/machineTypes/e2-standard-2");
        root.GetProperty("labels").GetProperty("team").GetString().ShouldBe("blue");
        root.GetProperty("labels").GetProperty(ComputeTags.Key).GetString().ShouldBe(GceTestCloud.Key);
        root.GetProperty("tags").GetProperty("items").EnumerateArray().Single().GetString().ShouldBe("skycompat-12345678");
        var items = root.GetProperty("metadata").GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("key").GetString()!, item => item.GetProperty("value").GetString()!, StringComparer.Ordinal);
        items["ssh-keys"].ShouldBe("ada:" + spec.SshPublicKey);
        items["user-data"].ShouldBe(spec.UserData);
        root.TryGetProperty("scheduling", out _).ShouldBeFalse();
        root.TryGetProperty("serviceAccounts", out _).ShouldBeFalse("an instance may do nothing in the project unless it is told to");
        root.GetProperty("networkInterfaces")[0].GetProperty("accessConfigs")[0].GetProperty("type").GetString().ShouldBe("ONE_TO_ONE_NAT");

        using var disk = JsonDocument.Parse(cloud.Emulator.Find($"zones/{GceTestCloud.Zone}/disks", GceTestCloud.Key)!);
        disk.RootElement.GetProperty("sizeGb").GetString().ShouldBe("20");
        disk.RootElement.GetProperty("labels").GetProperty(ComputeTags.Owner).GetString().ShouldBe(GceTestCloud.Owner);
        disk.RootElement.GetProperty("type").GetString().ShouldEndWith("/pd-balanced");
        root.GetProperty("disks")[0].GetProperty("autoDelete").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Launch_Private_HasNoWayFromOutside()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        instance.PublicAddresses.ShouldBeEmpty();
        instance.PrivateAddresses.Count.ShouldBe(1);
        instance.Market.ShouldBe(Market.OnDemand);
        instance.InstanceType.ShouldBe("e2-standard-2");
        instance.CreatedAt.ShouldNotBeNull();
        instance.Location.ShouldBe(new CloudLocation(GceTestCloud.Region, GceTestCloud.Zone));
    }

    [Fact]
    public async Task Launch_Script_RunsAtTheFirstStartOnly()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var spec = new LaunchSpec { IdempotencyKey = GceTestCloud.Key, Image = ImageReference.OfFamily("debian-12"), UserData = "#!/bin/bash\necho \"hello $HOME\"\n" };
        await cloud.LaunchAsync(spec);
        using var made = JsonDocument.Parse(cloud.Emulator.Find(Instances, GceTestCloud.Key)!);
        var item = made.RootElement.GetProperty("metadata").GetProperty("items")[0];
        item.GetProperty("key").GetString().ShouldBe("startup-script");
        var script = item.GetProperty("value").GetString()!;
        script.ShouldStartWith("#!/bin/sh\n");
        script.ShouldContain("user-data.done\" ] && exit 0");
        script.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(spec.UserData)));
        script.ShouldNotContain("\r");
    }

    [Theory]
    [InlineData(SpotInterruption.Terminate, "DELETE")]
    [InlineData(SpotInterruption.Stop, "STOP")]
    public async Task Launch_Spot_SaysWhatBecomesOfIt(SpotInterruption interruption, string action)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var spec = new LaunchSpec { IdempotencyKey = GceTestCloud.Key, Image = ImageReference.OfFamily("ubuntu-22.04"), SpotInterruption = interruption };
        var instance = await cloud.RunningAsync(spec, GceTestCloud.Offer(market: Market.Spot));
        instance.Market.ShouldBe(Market.Spot);
        using var made = JsonDocument.Parse(cloud.Emulator.Find(Instances, GceTestCloud.Key)!);
        var scheduling = made.RootElement.GetProperty("scheduling");
        scheduling.GetProperty("provisioningModel").GetString().ShouldBe("SPOT");
        scheduling.GetProperty("instanceTerminationAction").GetString().ShouldBe(action);
        scheduling.GetProperty("automaticRestart").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Launch_WithGraphics_IsNotMovedWhileItRuns()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetQuota(null, "GPUS_ALL_REGIONS", 4);
        await cloud.RunningAsync(offer: GceTestCloud.Offer("g2-standard-4", gpus: 1));
        using var made = JsonDocument.Parse(cloud.Emulator.Find(Instances, GceTestCloud.Key)!);
        made.RootElement.GetProperty("scheduling").GetProperty("onHostMaintenance").GetString().ShouldBe("TERMINATE");
    }

    [Fact]
    public async Task Launch_NewFamily_BootsFromADiskItTakes()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        await cloud.RunningAsync(offer: GceTestCloud.Offer("c4-standard-4"));
    }

    [Fact]
    public async Task Launch_Twice_GivesTheSameOperation()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var request = await cloud.RequestAsync();
        var first = await cloud.Driver.LaunchAsync(request, default);
        var second = await cloud.Driver.LaunchAsync(request, default);
        second.Ids.ShouldBe(first.Ids);
        second.Handle.ShouldBe(first.Handle);
        cloud.Emulator.Names(Instances).ShouldBe([GceTestCloud.Key]);
    }

    [Fact]
    public async Task Launch_ReplyLost_IsFoundByTheSameRequest()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var request = await cloud.RequestAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.instances.insert", Drop = true, CarryOut = true });
        var lost = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, default));
        lost.Code.ShouldBe(CloudErrorCode.Unavailable);
        lost.MayHaveTakenEffect.ShouldBeTrue();
        lost.IsTransient.ShouldBeTrue();
        var receipt = await cloud.Driver.LaunchAsync(request, default);
        receipt.Handle.ShouldNotBeNull();
        cloud.Emulator.Names(Instances).ShouldBe([GceTestCloud.Key]);
    }

    [Fact]
    public async Task Launch_NameTakenByTheSameKey_IsAdopted()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        await cloud.RunningAsync();
        var receipt = await cloud.Driver.LaunchAsync(await cloud.RequestAsync(token: new string('b', 32)), default);
        receipt.Ids.ShouldBe([$"{GceTestCloud.Zone}/{GceTestCloud.Key}"]);
        receipt.Handle.ShouldBeNull();
    }

    [Fact]
    public async Task Launch_NameTakenByAnother_Fails()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        await cloud.RunningAsync(new LaunchSpec { IdempotencyKey = "other", Image = ImageReference.OfFamily("debian-12") }, name: GceTestCloud.Key);
        var request = await cloud.RequestAsync(token: new string('b', 32));
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, default));
        error.Code.ShouldBe(CloudErrorCode.AlreadyExists);
        error.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task Launch_WhileTheLastOneIsDeleted_IsTriedAgain()
    {
        await using var cloud = await GceTestCloud.StartAsync(steps: 4);
        var instance = await cloud.RunningAsync();
        await cloud.Driver.ActAsync(instance.Id, InstanceAction.Terminate, default);
        await cloud.Driver.TryGetAsync(instance.Id, default);
        var request = await cloud.RequestAsync(token: new string('b', 32));
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, default));
        error.Code.ShouldBe(CloudErrorCode.Conflict);
        error.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Launch_AfterAFailure_IsNotAnsweredWithIt()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetStock(GceTestCloud.Zone, 0);
        var request = await cloud.RequestAsync();
        var failed = await cloud.Driver.LaunchAsync(request, default);
        (await cloud.EndAsync(failed.Handle)).ShouldNotBeNull().Code.ShouldBe(CloudErrorCode.CapacityShortage);
        (await cloud.Driver.TryGetAsync(failed.Ids[0], default)).ShouldBeNull();

        cloud.Emulator.SetStock(GceTestCloud.Zone, 5);
        var receipt = await cloud.Driver.LaunchAsync(request, default);
        (receipt.Handle == failed.Handle).ShouldBeFalse();
        (await cloud.EndAsync(receipt.Handle)).ShouldBeNull();
        cloud.Emulator.Names(Instances).ShouldBe([GceTestCloud.Key]);
    }

    [Fact]
    public async Task Launch_AfterTermination_IsNotAnsweredWithTheFirst()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        for (var round = 0; round < 3; round++)
        {
            var instance = await cloud.RunningAsync();
            await cloud.ActAsync(instance.Id, InstanceAction.Terminate);
            (await cloud.Driver.TryGetAsync(instance.Id, default)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Launch_Failed_LeavesNoDisk()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetStock(GceTestCloud.Zone, 0, "e2-standard-2");
        var receipt = await cloud.LaunchAsync();
        await cloud.EndAsync(receipt.Handle);
        cloud.Emulator.Names($"zones/{GceTestCloud.Zone}/disks").ShouldBeEmpty();
    }

    [Fact]
    public async Task Prepare_NoDefaultNetwork_MakesOneAndLaunchesIntoIt()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.RemoveDefaultNetwork();
        var instance = await cloud.RunningAsync();
        instance.PrivateAddresses.Single().ShouldStartWith("10.77.");
        cloud.Emulator.Names("global/networks").ShouldBe(["skycompat-europe-west3"]);
    }

    [Fact]
    public async Task Prepare_Subnet_TakesNameAndAddress()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var network = await cloud.Driver.Networks!.EnsureAsync("mine", "10.20.0.0/16", GceTestCloud.Region, GceTestCloud.Shared, default);
        foreach (var (subnet, name) in new[] { (network.SubnetIds[""], "a"), ("mine-europe-west3", "b"), ("https://www.googleapis.com/compute/v1/" + network.SubnetIds[""], "c") })
        {
            var instance = await cloud.RunningAsync(new LaunchSpec { IdempotencyKey = name, Image = ImageReference.OfFamily("debian-12"), SubnetId = subnet }, name: name);
            instance.PrivateAddresses.Single().ShouldStartWith("10.20.");
        }
    }

    [Fact]
    public async Task Prepare_UnknownSubnet_IsNotFound()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var error = await Should.ThrowAsync<CloudException>(() => cloud.RequestAsync(new LaunchSpec { IdempotencyKey = "a", Image = ImageReference.OfFamily("debian-12"), SubnetId = "nowhere" }));
        error.Code.ShouldBe(CloudErrorCode.NotFound);
    }
}
