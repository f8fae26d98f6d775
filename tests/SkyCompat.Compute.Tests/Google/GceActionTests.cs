using SkyCompat.Emulators.GoogleCompute;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>Starting, stopping, hibernating, restarting, deleting.</summary>
public sealed class GceActionTests
{
    [Fact]
    public async Task StopAndStart_TwiceWithinTheHour_EachTakesEffect()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        for (var round = 0; round < 2; round++)
        {
            await cloud.ActAsync(instance.Id, InstanceAction.Stop);
            (await cloud.Driver.TryGetAsync(instance.Id, default))!.Phase.ShouldBe(InstancePhase.Stopped);
            await cloud.ActAsync(instance.Id, InstanceAction.Start);
            (await cloud.Driver.TryGetAsync(instance.Id, default))!.Phase.ShouldBe(InstancePhase.Running);
        }
    }

    [Theory]
    [InlineData(InstanceAction.Stop)]
    [InlineData(InstanceAction.Hibernate)]
    public async Task Action_SentTwice_IsOneOperation(InstanceAction action)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        var first = await cloud.Driver.ActAsync(instance.Id, action, default);
        var second = await cloud.Driver.ActAsync(instance.Id, action, default);
        second.ShouldBeOneOf(first, null);
        cloud.Faults.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal) && request.Contains("requestId=", StringComparison.Ordinal) && !request.Contains("/instances?", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Hibernate_IsResumedByStart()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        await cloud.ActAsync(instance.Id, InstanceAction.Hibernate);
        (await cloud.Driver.TryGetAsync(instance.Id, default))!.Phase.ShouldBe(InstancePhase.Hibernated);
        await cloud.ActAsync(instance.Id, InstanceAction.Start);
        (await cloud.Driver.TryGetAsync(instance.Id, default))!.Phase.ShouldBe(InstancePhase.Running);
        cloud.Faults.Requests.ShouldContain(request => request.Contains("/resume?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(InstanceAction.Reboot)]
    [InlineData(InstanceAction.Hibernate)]
    public async Task Action_OfAStoppedInstance_IsAConflict(InstanceAction action)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        await cloud.ActAsync(instance.Id, InstanceAction.Stop);
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync(instance.Id, action, default));
        error.Code.ShouldBe(CloudErrorCode.Conflict);
        error.Reason.ShouldBe(ComputeErrorReasons.WrongState);
        error.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task Start_WhileItStops_IsAConflict()
    {
        await using var cloud = await GceTestCloud.StartAsync(steps: 4);
        var instance = await cloud.RunningAsync();
        await cloud.Driver.ActAsync(instance.Id, InstanceAction.Stop, default);
        await cloud.Driver.TryGetAsync(instance.Id, default);
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync(instance.Id, InstanceAction.Start, default));
        error.Reason.ShouldBe(ComputeErrorReasons.WrongState);
    }

    [Fact]
    public async Task Action_RightAfterAnother_IsRefusedByTheServiceAndMayBeTriedAgain()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var receipt = await cloud.LaunchAsync();
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync(receipt.Ids[0], InstanceAction.Stop, default));
        error.Code.ShouldBe(CloudErrorCode.Conflict);
        error.Reason.ShouldBe(ComputeErrorReasons.WrongState);
        error.IsTransient.ShouldBeTrue();
        error.ProviderCode.ShouldBe("resourceNotReady");
    }

    [Theory]
    [InlineData("europe-west3-a/nobody")]
    [InlineData("mars-north1-a/nobody")]
    [InlineData("not an id")]
    [InlineData("../../../x")]
    public async Task Missing_IsNotFoundButDeletingItIsSuccess(string id)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        (await cloud.Driver.TryGetAsync(id, default)).ShouldBeNull();
        foreach (var action in new[] { InstanceAction.Start, InstanceAction.Stop, InstanceAction.Hibernate, InstanceAction.Reboot })
        {
            var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync(id, action, default));
            error.Code.ShouldBe(CloudErrorCode.NotFound);
            error.Reason.ShouldBe(ComputeErrorReasons.InstanceNotFound);
        }

        (await cloud.Driver.ActAsync(id, InstanceAction.Terminate, default)).ShouldBeNull();
        (await Should.ThrowAsync<CloudException>(() => cloud.Driver.GetConsoleOutputAsync(id, default))).Code.ShouldBe(CloudErrorCode.NotFound);
    }

    [Fact]
    public async Task Terminate_TakesTheBootDiskAlong()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        await cloud.ActAsync(instance.Id, InstanceAction.Terminate);
        cloud.Emulator.Names($"zones/{GceTestCloud.Zone}/disks").ShouldBeEmpty();
        cloud.Emulator.Names($"zones/{GceTestCloud.Zone}/instances").ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_WithoutStock_FailsInItsOperation()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        await cloud.ActAsync(instance.Id, InstanceAction.Stop);
        cloud.Emulator.SetStock(GceTestCloud.Zone, 0);
        var error = await cloud.EndAsync(await cloud.Driver.ActAsync(instance.Id, InstanceAction.Start, default));
        error.ShouldNotBeNull().Code.ShouldBe(CloudErrorCode.CapacityShortage);
        error.IsTransient.ShouldBeFalse();
        (await cloud.Driver.TryGetAsync(instance.Id, default))!.Phase.ShouldBe(InstancePhase.Stopped);
    }

    [Theory]
    [InlineData("zones/europe-west3-a/operations/operation-1")]
    [InlineData("global/operations/operation-1")]
    [InlineData("../x")]
    [InlineData("")]
    public async Task Check_ForgottenOperation_IsDone(string handle)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var check = await cloud.Driver.CheckAsync(handle, default);
        check.IsDone.ShouldBeTrue();
        check.Error.ShouldBeNull();
    }

    [Fact]
    public async Task Check_DeletionOfWhatIsGone_IsSuccess()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        cloud.Faults.Add(new GceFault
        {
            Operation = "compute.instances.delete", OperationCode = "RESOURCE_NOT_FOUND", Message = "The resource 'projects/emulator/zones/europe-west3-a/instances/web' was not found", OperationStatus = 404,
        });
        var handle = await cloud.Driver.ActAsync(instance.Id, InstanceAction.Terminate, default);
        (await cloud.EndAsync(handle)).ShouldBeNull();
    }

    [Fact]
    public async Task Console_IsTheSerialPort()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var instance = await cloud.RunningAsync();
        cloud.Emulator.WriteConsole(GceTestCloud.Zone, GceTestCloud.Key, "hello from the machine\n");
        (await cloud.Driver.GetConsoleOutputAsync(instance.Id, default)).ShouldEndWith("hello from the machine\n");
    }

    [Fact]
    public async Task List_FiltersPagesAndRegions()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        await cloud.RunningAsync();
        await cloud.RunningAsync(new LaunchSpec { IdempotencyKey = "db", Image = ImageReference.OfFamily("debian-12") }, GceTestCloud.Offer(zone: "europe-west3-b"), "db");
        await cloud.RunningAsync(new LaunchSpec { IdempotencyKey = "far", Image = ImageReference.OfFamily("debian-12") }, GceTestCloud.Offer(zone: "us-central1-a") with { Location = new CloudLocation("us-central1", "us-central1-a") }, "far");
        (await NamesAsync(new InstanceQuery { Regions = [GceTestCloud.Region] })).ShouldBe(["web", "db"], ignoreOrder: true);
        (await NamesAsync(new InstanceQuery { Regions = [GceTestCloud.Region, "us-central1"] })).Count.ShouldBe(3);
        (await NamesAsync(new InstanceQuery { Regions = [GceTestCloud.Region], Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Key] = "db", [ComputeTags.Owner] = GceTestCloud.Owner } })).ShouldBe(["db"]);

        async Task<List<string>> NamesAsync(InstanceQuery query)
        {
            var names = new List<string>();
            string? token = null;
            do
            {
                var page = await cloud.Driver.ListPageAsync(query, token, default);
                names.AddRange(page.Items.Select(item => item.Name!));
                token = page.NextPageToken;
            }
            while (token is not null);
            return names;
        }
    }

    [Fact]
    public async Task List_WithoutRegion_SaysWhatToSet()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ListPageAsync(new InstanceQuery { Regions = [""] }, null, default));
        error.Code.ShouldBe(CloudErrorCode.InvalidArgument);
        error.Message.ShouldContain("Region");
    }
}
