using System.Text.Json.Nodes;
using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>Machines from their making to their end, each request and reply checked against Azure's descriptions.</summary>
public sealed class AzureMachineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_launch_is_one_request_and_its_end_removes_all_that_is_the_machines()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var request = await cloud.RequestAsync(change: spec => spec with { PublicAddress = true, UserData = "#!/bin/sh\ntrue\n", BootDiskGiB = 64 });
        cloud.Emulator.Faults.Clear();

        var receipt = await cloud.Driver.LaunchAsync(request, Token);

        cloud.Emulator.Faults.Requests.ShouldHaveSingleItem().ShouldStartWith("PUT ");
        receipt.Ids.ShouldBe(["web"]);
        receipt.Handle.ShouldNotBeNull();
        await cloud.SettleAsync(receipt.Handle);
        var instance = (await cloud.Driver.TryGetAsync("web", Token)).ShouldNotBeNull();
        instance.Phase.ShouldBe(InstancePhase.Running);
        instance.RawState.ShouldBe("Succeeded/running");
        instance.ComputeBilled.ShouldBeTrue();
        instance.InstanceType.ShouldBe("Standard_D2s_v5");
        instance.Location.ShouldBe(new CloudLocation("westeurope"));
        instance.PrivateAddresses.ShouldHaveSingleItem().ShouldStartWith("10.64.");
        instance.PublicAddresses.ShouldHaveSingleItem().ShouldStartWith("20.31.");
        instance.Tags[ComputeTags.Key].ShouldBe("web");
        instance.CreatedAt.ShouldNotBeNull();
        foreach (var type in new[] { "virtualMachines", "disks", "networkInterfaces", "publicIPAddresses" })
        {
            cloud.Emulator.Store.OfType(type).Count.ShouldBe(1, type);
        }

        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Terminate, Token));

        (await cloud.Driver.TryGetAsync("web", Token)).ShouldBeNull();
        foreach (var type in new[] { "virtualMachines", "disks", "networkInterfaces", "publicIPAddresses" })
        {
            cloud.Emulator.Store.OfType(type).ShouldBeEmpty(type);
        }
    }

    [Fact]
    public async Task The_document_holds_what_was_asked()
    {
        await using var cloud = await ArmCloud.StartAsync();
        const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJtest me@here";
        var spec = (LaunchSpec spec) => spec with
        {
            SshPublicKey = Key, AdminUser = "me", UserData = "#cloud-config\n", BootDiskGiB = 40, SpotInterruption = SpotInterruption.Stop,
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "a b" },
        };

        await cloud.LaunchAsync(change: spec, market: Market.Spot, zone: "2");

        var machine = cloud.Emulator.Store.OfType("virtualMachines").ShouldHaveSingleItem().Body;
        var properties = machine["properties"]!;
        machine["zones"]!.ToJsonString().ShouldBe("""["2"]""");
        machine["tags"]!["team"]!.GetValue<string>().ShouldBe("a b");
        properties["priority"]!.GetValue<string>().ShouldBe("Spot");
        properties["evictionPolicy"]!.GetValue<string>().ShouldBe("Deallocate");
        properties["billingProfile"]!["maxPrice"]!.GetValue<double>().ShouldBe(-1);
        properties["osProfile"]!["adminUsername"]!.GetValue<string>().ShouldBe("me");
        var keys = properties["osProfile"]!["linuxConfiguration"]!["ssh"]!["publicKeys"]![0]!;
        keys["keyData"]!.GetValue<string>().ShouldBe(Key);
        keys["path"]!.GetValue<string>().ShouldBe("/home/me/.ssh/authorized_keys");
        properties["storageProfile"]!["osDisk"]!["diskSizeGB"]!.GetValue<int>().ShouldBe(40);
        properties["storageProfile"]!["osDisk"]!["deleteOption"]!.GetValue<string>().ShouldBe("Delete");
        properties["storageProfile"]!["imageReference"]!["version"]!.GetValue<string>().ShouldBe("24.04.202409120");
        properties["diagnosticsProfile"]!["bootDiagnostics"]!["enabled"]!.GetValue<bool>().ShouldBeTrue();
        (await cloud.Driver.TryGetAsync("web", Token))!.Market.ShouldBe(Market.Spot);
    }

    [Fact]
    public async Task Launching_again_is_the_same_machine_and_with_other_parameters_a_conflict()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var request = await cloud.RequestAsync(change: spec => spec with { UserData = "#!/bin/sh\n" });
        await cloud.SettleAsync((await cloud.Driver.LaunchAsync(request, Token)).Handle);

        (await cloud.Driver.LaunchAsync(request, Token)).Ids.ShouldBe(["web"]);

        cloud.Emulator.Store.OfType("virtualMachines").Count.ShouldBe(1);
        cloud.Emulator.Store.OfType("networkInterfaces").Count.ShouldBe(1);
        var other = request with { Spec = request.Spec with { UserData = "#!/bin/bash\n" } };
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(other, Token));
        error.Code.ShouldBe(CloudErrorCode.Conflict);
        error.Reason.ShouldBe(ComputeErrorReasons.KeyReused);
        error.ProviderCode.ShouldBe("PropertyChangeNotAllowed");
    }

    [Fact]
    public async Task A_lost_reply_leaves_no_second_machine()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var request = await cloud.RequestAsync();
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.DropReply) { Method = "PUT", Target = "virtualMachines" });

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, Token));

        error.Code.ShouldBe(CloudErrorCode.Unavailable);
        error.MayHaveTakenEffect.ShouldBeTrue();
        error.IsTransient.ShouldBeTrue();
        var again = await cloud.Driver.LaunchAsync(request, Token);
        again.Handle.ShouldNotBeNull("the operation goes on and is named again");
        await cloud.SettleAsync(again.Handle);
        cloud.Emulator.Store.OfType("virtualMachines").Count.ShouldBe(1);
        cloud.Emulator.Store.OfType("disks").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(InstanceAction.Stop, InstancePhase.Stopped, false)]
    [InlineData(InstanceAction.StopKeepAllocated, InstancePhase.Stopped, true)]
    [InlineData(InstanceAction.Reboot, InstancePhase.Running, true)]
    public async Task Actions_lead_to_their_phase(InstanceAction action, InstancePhase phase, bool billed)
    {
        await using var cloud = await ArmCloud.StartAsync();
        await cloud.LaunchAsync();

        var handle = await cloud.Driver.ActAsync("web", action, Token);
        await cloud.SettleAsync(handle);

        var instance = (await cloud.Driver.TryGetAsync("web", Token)).ShouldNotBeNull();
        instance.Phase.ShouldBe(phase);
        instance.ComputeBilled.ShouldBe(billed);
        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Start, Token));
        (await cloud.Driver.TryGetAsync("web", Token))!.Phase.ShouldBe(InstancePhase.Running);
    }

    [Fact]
    public async Task Memory_is_saved_where_the_disk_holds_it()
    {
        await using var cloud = await ArmCloud.StartAsync();
        await cloud.LaunchAsync(change: spec => spec with { BootDiskGiB = 64 });

        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Hibernate, Token));

        var instance = (await cloud.Driver.TryGetAsync("web", Token)).ShouldNotBeNull();
        instance.Phase.ShouldBe(InstancePhase.Hibernated);
        instance.ComputeBilled.ShouldBeFalse();
        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Start, Token));
        (await cloud.Driver.TryGetAsync("web", Token))!.Phase.ShouldBe(InstancePhase.Running);

        await cloud.LaunchAsync("small");
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("small", InstanceAction.Hibernate, Token));
        error.Reason.ShouldBe(ComputeErrorReasons.WrongState);
    }

    [Fact]
    public async Task What_is_not_there_and_what_cannot_be_done_are_told_apart()
    {
        await using var cloud = await ArmCloud.StartAsync();
        (await cloud.Driver.TryGetAsync("web", Token)).ShouldBeNull("not even the group is there");
        (await cloud.Driver.ListPageAsync(new InstanceQuery { Regions = ["westeurope"] }, null, Token)).Items.ShouldBeEmpty();
        await cloud.LaunchAsync();

        var missing = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("none", InstanceAction.Start, Token));
        missing.Code.ShouldBe(CloudErrorCode.NotFound);
        missing.Reason.ShouldBe(ComputeErrorReasons.InstanceNotFound);
        (await cloud.Driver.ActAsync("none", InstanceAction.Terminate, Token)).ShouldBeNull();
        (await cloud.Driver.TryGetAsync("other-group/web", Token)).ShouldBeNull();

        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Stop, Token));
        var stopped = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("web", InstanceAction.Reboot, Token));
        stopped.Code.ShouldBe(CloudErrorCode.Conflict);
        stopped.Reason.ShouldBe(ComputeErrorReasons.WrongState);
        stopped.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task An_operation_that_fails_says_why()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var request = await cloud.RequestAsync();
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.FailOperation) { Method = "PUT", Target = "virtualMachines", Code = "AllocationFailed", Message = "Allocation failed. We do not have sufficient capacity." });

        var receipt = await cloud.Driver.LaunchAsync(request, Token);

        (await cloud.Driver.CheckAsync(receipt.Handle!, Token)).IsDone.ShouldBeFalse();
        var check = await cloud.Driver.CheckAsync(receipt.Handle!, Token);
        check.IsDone.ShouldBeTrue();
        check.Error.ShouldNotBeNull().Code.ShouldBe(CloudErrorCode.CapacityShortage);
        check.Error.Scope.ShouldBe(ErrorScope.OfferInRegion);
        check.Error.IsTransient.ShouldBeFalse();
        check.Error.ProviderCode.ShouldBe("AllocationFailed");
        var instance = (await cloud.Driver.TryGetAsync("web", Token)).ShouldNotBeNull();
        instance.Phase.ShouldBe(InstancePhase.Failed);
        instance.ComputeBilled.ShouldBeFalse();
        instance.StateReason.ShouldNotBeNull().ShouldStartWith("AllocationFailed: ");
        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Terminate, Token));
        cloud.Emulator.Store.OfType("disks").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(7, 3)]
    public async Task Lists_go_page_by_page_and_show_what_a_look_shows(int count, int pageSize)
    {
        await using var cloud = await ArmCloud.StartAsync(new ArmEmulatorOptions { PageSize = pageSize });
        for (var i = 1; i <= count; i++)
        {
            await cloud.LaunchAsync($"web-{i}", spec => spec with { PublicAddress = true });
        }

        var listed = new List<Instance>();
        string? page = null;
        do
        {
            var found = await cloud.Driver.ListPageAsync(new InstanceQuery { Regions = ["West Europe"] }, page, Token);
            listed.AddRange(found.Items);
            page = found.NextPageToken;
        }
        while (page is not null);

        listed.Count.ShouldBe(count);
        foreach (var instance in listed)
        {
            instance.ShouldBeEquivalentTo(await cloud.Driver.TryGetAsync(instance.Id, Token));
            instance.PublicAddresses.Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Large_pages_are_looked_at_by_lists()
    {
        await using var cloud = await ArmCloud.StartAsync();
        for (var i = 1; i <= 6; i++)
        {
            await cloud.LaunchAsync($"web-{i}");
        }

        cloud.Emulator.Faults.Clear();
        var found = await cloud.Driver.ListPageAsync(new InstanceQuery { Regions = ["westeurope"] }, null, Token);

        found.Items.Count.ShouldBe(6);
        found.Items.ShouldAllBe(instance => instance.Phase == InstancePhase.Running && instance.PrivateAddresses.Count == 1);
        cloud.Emulator.Faults.Requests.Count.ShouldBe(4);
        foreach (var instance in found.Items)
        {
            instance.ShouldBeEquivalentTo(await cloud.Driver.TryGetAsync(instance.Id, Token));
        }
    }

    [Fact]
    public async Task Lists_keep_to_regions_and_tags()
    {
        await using var cloud = await ArmCloud.StartAsync();
        await cloud.LaunchAsync("a");
        await cloud.LaunchAsync("b");

        async Task<IEnumerable<string>> Find(string region, string? key) =>
            (await cloud.Driver.ListPageAsync(
                new InstanceQuery { Regions = [region], Tags = key is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Key] = key } }, null, Token))
            .Items.Select(instance => instance.Id);

        (await Find("westeurope", null)).ShouldBe(["a", "b"]);
        (await Find("westeurope", "b")).ShouldBe(["b"]);
        (await Find("westeurope", "c")).ShouldBeEmpty();
        (await Find("northeurope", null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_spot_machine_that_is_taken_back_is_gone_or_stopped()
    {
        await using var cloud = await ArmCloud.StartAsync();
        await cloud.LaunchAsync("gone", market: Market.Spot);
        await cloud.LaunchAsync("kept", spec => spec with { SpotInterruption = SpotInterruption.Stop }, Market.Spot);

        cloud.Emulator.Evict("gone");
        cloud.Emulator.Evict("kept");

        (await cloud.Driver.TryGetAsync("gone", Token)).ShouldBeNull();
        var kept = (await cloud.Driver.TryGetAsync("kept", Token)).ShouldNotBeNull();
        kept.Phase.ShouldBe(InstancePhase.Stopped);
        kept.Preempted.ShouldBeTrue();
        kept.ComputeBilled.ShouldBeFalse();
    }

    [Fact]
    public async Task The_console_is_read_without_the_token()
    {
        await using var cloud = await ArmCloud.StartAsync();
        await cloud.LaunchAsync();

        (await cloud.Driver.GetConsoleOutputAsync("web", Token)).ShouldContain("cloud-init: web is up");

        cloud.Emulator.Store.OfType("virtualMachines")[0].Power!.State = null;
        (await cloud.Driver.GetConsoleOutputAsync("web", Token)).ShouldBeEmpty("nothing was written yet");
        var missing = await Should.ThrowAsync<CloudException>(() => cloud.Driver.GetConsoleOutputAsync("none", Token));
        missing.Reason.ShouldBe(ComputeErrorReasons.InstanceNotFound);
    }

    [Fact]
    public async Task What_a_machine_left_is_found_by_its_name_and_removed()
    {
        await using var cloud = await ArmCloud.StartAsync();
        await cloud.LaunchAsync(change: spec => spec with { PublicAddress = true });
        var machine = cloud.Emulator.Store.OfType("virtualMachines")[0];
        (await cloud.Driver.ListLeftoversAsync("tests", "westeurope", Token)).ShouldAllBe(resource => resource.InUse);

        // As after a document that did not say Delete, or a service that lost its way.
        foreach (var reference in machine.Body["properties"]!["networkProfile"]!["networkInterfaces"]!.AsArray().OfType<JsonObject>())
        {
            reference["properties"]!["deleteOption"] = "Detach";
        }

        await cloud.SettleAsync(await cloud.Driver.ActAsync("web", InstanceAction.Terminate, Token));
        var left = await cloud.Driver.ListLeftoversAsync("tests", "westeurope", Token);
        left.Select(resource => resource.Kind).ShouldBe(["network-interface", "address"], ignoreOrder: true);
        (await cloud.Driver.ListLeftoversAsync("others", "westeurope", Token)).ShouldBeEmpty();

        foreach (var resource in left.OrderByDescending(resource => resource.Kind, StringComparer.Ordinal))
        {
            await cloud.Driver.DeleteLeftoverAsync(resource, Token);
        }

        cloud.Emulator.Store.OfType("networkInterfaces").ShouldBeEmpty();
        cloud.Emulator.Store.OfType("publicIPAddresses").ShouldBeEmpty();
    }
}
