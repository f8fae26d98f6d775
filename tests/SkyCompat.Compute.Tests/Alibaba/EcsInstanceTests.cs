using System.Text;
using SkyCompat.Emulators.AlibabaEcs;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Launching, finding, listing and acting by the driver.</summary>
public sealed class EcsInstanceTests
{
    private static readonly LaunchSpec Web = new() { IdempotencyKey = "web", Image = ImageReference.OfFamily("ubuntu-24.04") };

    [Fact]
    public async Task Launch_One_SendsWhatWasAskedAndComesToRun()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var spec = new LaunchSpec
        {
            IdempotencyKey = "web", Image = ImageReference.OfId(EcsLaunches.Image), UserData = "#!/bin/sh\necho grüße\n", PublicAddress = true, BootDiskGiB = 60,
        };

        var instance = await cloud.RunAsync(EcsLaunches.Request(spec: spec));

        instance.ShouldSatisfyAllConditions(
            found => found.Name.ShouldBe("web"),
            found => found.Location.ShouldBe(new CloudLocation(EcsTestCloud.Region, EcsTestCloud.Zone)),
            found => found.InstanceType.ShouldBe("ecs.g7.large"),
            found => found.Market.ShouldBe(Market.OnDemand),
            found => found.PrivateAddresses.ShouldHaveSingleItem().ShouldStartWith("10.64."),
            found => found.PublicAddresses.ShouldHaveSingleItem().ShouldStartWith("203.0.113."),
            found => found.Tags[ComputeTags.Key].ShouldBe("web"),
            found => found.ComputeBilled.ShouldBeTrue(),
            found => found.CreatedAt.ShouldNotBeNull());
        Encoding.UTF8.GetString(Convert.FromBase64String(cloud.State.UserDataOf(instance.Id))).ShouldBe(spec.UserData);
        var call = cloud.Calls("RunInstances").ShouldHaveSingleItem();
        (call["HostName"], call["SystemDisk.Size"], call["SystemDisk.Category"], call["InternetChargeType"], call["MinAmount"], call["SpotStrategy"]).ShouldBe(("web", "60", "cloud_essd", "PayByTraffic", null, null));
        cloud.Contracts.Signatures.ShouldBe(cloud.Contracts.Requests);
    }

    [Fact]
    public async Task Launch_UserDataOfThirtyTwoKilobytes_GoesInTheFormAndIsSigned()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var text = "#!/bin/sh\n" + new string('+', (32 * 1024) - 10);

        var id = (await cloud.LaunchAsync(EcsLaunches.Request(spec: new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfId(EcsLaunches.Image), UserData = text })))[0];

        Encoding.UTF8.GetString(Convert.FromBase64String(cloud.State.UserDataOf(id))).ShouldBe(text);
    }

    [Fact]
    public async Task Launch_Several_AreCountedByNameInOneCall()
    {
        await using var cloud = await EcsTestCloud.StartAsync();

        var ids = await cloud.LaunchAsync(EcsLaunches.Request(count: 3));

        var found = await cloud.Driver.ListPageAsync(new InstanceQuery { Regions = [EcsTestCloud.Region] }, null, default);
        found.Items.Select(instance => instance.Name).Order(StringComparer.Ordinal).ShouldBe(["web-1", "web-2", "web-3"]);
        found.Items.Select(instance => instance.Id).ShouldBe(ids, ignoreOrder: true);
        var call = cloud.Calls("RunInstances").ShouldHaveSingleItem();
        (call["InstanceName"], call["HostNames.2"], call["Amount"], call["MinAmount"]).ShouldBe(("web-[1,1]", "web-2", "3", "3"));
    }

    [Fact]
    public async Task Launch_FewerInStockThanAskedAndEnough_ReturnsThose()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        cloud.State.SetLeft(EcsTestCloud.Zone, "ecs.g7.large", 2);

        (await cloud.LaunchAsync(EcsLaunches.Request(count: 3, least: 1))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Launch_Spot_IsInTheSpotMarketAndStopsWhereAsked()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var spec = new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfId(EcsLaunches.Image), SpotInterruption = SpotInterruption.Stop };

        var instance = await cloud.RunAsync(EcsLaunches.Request(offer: EcsLaunches.Offer(market: Market.Spot), spec: spec));

        instance.Market.ShouldBe(Market.Spot);
        var call = cloud.Calls("RunInstances").ShouldHaveSingleItem();
        (call["SpotStrategy"], call["SpotInterruptionBehavior"]).ShouldBe(("SpotAsPriceGo", "Stop"));
    }

    [Fact]
    public async Task Launch_Twice_IsOneLaunch()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var request = await cloud.PreparedAsync(EcsLaunches.Request());

        var first = await cloud.Driver.LaunchAsync(request, default);
        var second = await cloud.Driver.LaunchAsync(request, default);

        second.Ids.ShouldBe(first.Ids);
        cloud.State.InstanceCount.ShouldBe(1);
    }

    [Fact]
    public async Task Launch_TokenUsedWithOtherParameters_IsKeyReused()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var request = await cloud.PreparedAsync(EcsLaunches.Request());
        await cloud.Driver.LaunchAsync(request, default);

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request with { Offer = EcsLaunches.Offer("ecs.g7.xlarge") }, default));

        (error.Code, error.Reason, error.ProviderCode).ShouldBe((CloudErrorCode.Conflict, ComputeErrorReasons.KeyReused, "IdempotentParameterMismatch"));
    }

    [Fact]
    public async Task Launch_ByEngineWithTheKeyOfDeletedInstances_LaunchesAnewEachTime()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var ids = new List<string>();
        for (var time = 0; time < 3; time++)
        {
            var running = (await cloud.Compute.LaunchAndWaitAsync(Web, cloud.EngineOffer())).ShouldHaveSingleItem();
            ids.Add(running.Id);
            await (await cloud.Compute.TerminateAsync(running.Id)).WaitAsync();
        }

        ids.ShouldBeUnique(StringComparer.Ordinal);
        cloud.Calls("RunInstances").Select(call => call.Parameters["ClientToken"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        cloud.State.InstanceCount.ShouldBe(0);
    }

    [Fact]
    public async Task Launch_ByEngineNotShownYet_IsWaitedForAndNotDoubled()
    {
        await using var cloud = await EcsTestCloud.StartAsync(new EcsEmulatorOptions { HiddenLooks = 2 });

        await cloud.Compute.LaunchAndWaitAsync(Web, cloud.EngineOffer());

        cloud.Calls("RunInstances").ShouldHaveSingleItem();
        cloud.State.InstanceCount.ShouldBe(1);
    }

    [Fact]
    public async Task Launch_ReplyLost_MayHaveTakenEffectAndIsFoundByTheToken()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var request = await cloud.PreparedAsync(EcsLaunches.Request());
        cloud.Faults.Add(new EcsFault(EcsFaultKind.DropReply) { Action = "RunInstances" });

        var lost = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, default));
        await cloud.Driver.LaunchAsync(request, default);

        (lost.Code, lost.IsTransient, lost.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unavailable, true, true));
        cloud.State.InstanceCount.ShouldBe(1);
    }

    [Fact]
    public async Task List_ManyInTwoRegions_ReadsEveryPage()
    {
        await using var cloud = await EcsTestCloud.StartAsync(new EcsEmulatorOptions { MaxPageSize = 2 });
        var here = await cloud.LaunchAsync(EcsLaunches.Request(count: 5));
        var there = await cloud.LaunchAsync(EcsLaunches.Request("far", offer: EcsLaunches.Offer(zone: "eu-central-1a", region: EcsTestCloud.OtherRegion)));
        var query = new InstanceQuery { Regions = [EcsTestCloud.Region, EcsTestCloud.OtherRegion], Tags = EcsLaunches.Owner };

        var found = new List<string>();
        var pages = 0;
        string? token = null;
        do
        {
            var page = await cloud.Driver.ListPageAsync(query, token, default);
            found.AddRange(page.Items.Select(instance => instance.Id));
            token = page.NextPageToken;
            pages++;
        }
        while (token is not null);

        pages.ShouldBe(4);
        found.ShouldBe([.. here, .. there], ignoreOrder: true);
        there[0].ShouldStartWith("eu-central-1/i-");
    }

    [Fact]
    public async Task List_ByTag_IsAskedOfTheProvider()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        await cloud.LaunchAsync(EcsLaunches.Request("one"));
        var two = await cloud.LaunchAsync(EcsLaunches.Request("two"));

        var query = new InstanceQuery { Regions = [EcsTestCloud.Region], Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Key] = "two" } };

        (await cloud.Driver.ListPageAsync(query, null, default)).Items.ShouldHaveSingleItem().Id.ShouldBe(two[0]);
    }

    [Fact]
    public async Task Act_StopStartReboot_GoThroughTheStates()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var id = (await cloud.RunAsync()).Id;

        (await cloud.Driver.ActAsync(id, InstanceAction.Stop, default)).ShouldBeNull();
        (await cloud.Driver.TryGetAsync(id, default))!.Phase.ShouldBe(InstancePhase.Stopping);
        var stopped = await cloud.LookUntilAsync(id, InstancePhase.Stopped);
        (stopped.ComputeBilled, stopped.RawState).ShouldBe((false, "Stopped (StopCharging)"));

        await cloud.Driver.ActAsync(id, InstanceAction.Start, default);
        (await cloud.Driver.TryGetAsync(id, default))!.Phase.ShouldBe(InstancePhase.Booting);
        await cloud.LookUntilAsync(id, InstancePhase.Running);

        await cloud.Driver.ActAsync(id, InstanceAction.StopKeepAllocated, default);
        (await cloud.LookUntilAsync(id, InstancePhase.Stopped)).ComputeBilled.ShouldBeTrue();
        await cloud.Driver.ActAsync(id, InstanceAction.Start, default);
        await cloud.LookUntilAsync(id, InstancePhase.Running);

        await cloud.Driver.ActAsync(id, InstanceAction.Reboot, default);
        await cloud.LookUntilAsync(id, InstancePhase.Running);
    }

    [Theory]
    [InlineData(InstanceAction.Start)]
    [InlineData(InstanceAction.Stop)]
    [InlineData(InstanceAction.Reboot)]
    public async Task Act_WrongState_IsConflict(InstanceAction action)
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var id = (await cloud.LaunchAsync(EcsLaunches.Request()))[0];

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync(id, action, default));

        (error.Code, error.Reason, error.IsTransient).ShouldBe((CloudErrorCode.Conflict, ComputeErrorReasons.WrongState, false));
    }

    [Theory]
    [InlineData(InstanceAction.Start)]
    [InlineData(InstanceAction.Stop)]
    [InlineData(InstanceAction.Reboot)]
    public async Task Act_Unknown_IsNotFound(InstanceAction action)
    {
        await using var cloud = await EcsTestCloud.StartAsync();

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("i-none", action, default));

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.NotFound, ComputeErrorReasons.InstanceNotFound));
    }

    [Fact]
    public async Task Terminate_WhilePending_IsTransientAndSucceedsLater()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var id = (await cloud.LaunchAsync(EcsLaunches.Request()))[0];

        var refused = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync(id, InstanceAction.Terminate, default));
        await EcsTestCloud.RetryAsync(() => cloud.Driver.ActAsync(id, InstanceAction.Terminate, default));

        (refused.Code, refused.Reason, refused.IsTransient, refused.ProviderCode).ShouldBe((CloudErrorCode.Conflict, ComputeErrorReasons.WrongState, true, "IncorrectInstanceStatus.Initializing"));
        await cloud.Driver.TryGetAsync(id, default);
        (await cloud.Driver.TryGetAsync(id, default)).ShouldBeNull();
        (await cloud.Driver.ActAsync(id, InstanceAction.Terminate, default)).ShouldBeNull();
        (await cloud.Driver.Disks!.ListPageAsync(EcsTestCloud.Region, null, default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_Preempted_SaysSo()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var id = (await cloud.RunAsync(EcsLaunches.Request(offer: EcsLaunches.Offer(market: Market.Spot)))).Id;
        cloud.State.Preempt(id);

        var instance = (await cloud.Driver.TryGetAsync(id, default))!;

        (instance.Phase, instance.Preempted, instance.StateReason).ShouldBe((InstancePhase.Stopped, true, "locked: Recycling"));
    }

    [Fact]
    public async Task Console_IsDecoded()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var id = (await cloud.RunAsync()).Id;
        (await cloud.Driver.GetConsoleOutputAsync(id, default)).ShouldBe("");
        cloud.State.WriteConsole(id, "[ 0.0] Linux ☃\n");

        (await cloud.Driver.GetConsoleOutputAsync(id, default)).ShouldBe("[ 0.0] Linux ☃\n");
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.GetConsoleOutputAsync("i-none", default))).Reason.ShouldBe(ComputeErrorReasons.InstanceNotFound);
    }
}
