using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>The engine on this driver: what crosses the border between them.</summary>
public sealed class AzureEngineTests
{
    private static readonly LaunchSpec Web = new() { IdempotencyKey = "web", Image = ImageReference.OfFamily("debian-12"), Count = 2, Inbound = [FirewallRule.Tcp(443)], PublicAddress = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_instances_run_and_nothing_stays()
    {
        await using var cloud = await ArmCloud.StartAsync(new ArmEmulatorOptions { NetworkPolls = 1 });
        var compute = cloud.Cloud.Compute;
        var offer = await OfferAsync(compute);

        var operation = await compute.LaunchAsync(Web, offer, Token);
        var instances = await compute.Resume(operation.Token).WaitAsync(cancellationToken: Token);

        instances.Select(instance => instance.Name).ShouldBe(["web-1", "web-2"]);
        instances.ShouldAllBe(instance => instance.Phase == InstancePhase.Running && instance.PublicAddresses.Count == 1 && instance.Location.Zone != null);
        (await (await compute.LaunchAsync(Web, offer, Token)).WaitAsync(cancellationToken: Token)).Count.ShouldBe(2);
        cloud.Emulator.Store.OfType("virtualMachines").Count.ShouldBe(2);
        await foreach (var result in compute.SweepAsync(new SweepOptions { DryRun = false, MinAge = TimeSpan.Zero, KeepKeys = new HashSet<string>(StringComparer.Ordinal) }, Token))
        {
            result.Error.ShouldBeNull();
        }

        foreach (var type in new[] { "virtualMachines", "disks", "networkInterfaces", "publicIPAddresses", "networkSecurityGroups" })
        {
            cloud.Emulator.Store.OfType(type).ShouldAllBe(resource => resource.State == "Deleting", type);
        }
    }

    [Fact]
    public async Task A_shortage_that_shows_late_is_told_and_cleaned_up()
    {
        // With two looks the operation shows the failure before the machine does.
        await using var cloud = await ArmCloud.StartAsync(new ArmEmulatorOptions { Polls = 2 });
        var compute = cloud.Cloud.Compute;
        var offer = await OfferAsync(compute);
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.FailOperation) { Method = "PUT", Target = "virtualMachines/web-2", Code = "ZonalAllocationFailed", Message = "Allocation failed." });

        var operation = await compute.LaunchAsync(Web, offer, Token);
        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync(cancellationToken: Token));

        error.Code.ShouldBe(CloudErrorCode.CapacityShortage);
        error.Scope.ShouldBe(ErrorScope.Offer);
        cloud.Emulator.Store.OfType("virtualMachines").ShouldBeEmpty();
        cloud.Emulator.Store.OfType("disks").ShouldBeEmpty();
    }

    [Fact]
    public async Task Throttling_is_waited_out_and_quota_is_not_asked_again()
    {
        await using var cloud = await ArmCloud.StartAsync();
        var compute = cloud.Cloud.Compute;
        var offer = await OfferAsync(compute);
        cloud.Emulator.Faults.Add(new ArmFault(ArmFaultKind.Refuse) { Method = "PUT", Target = "virtualMachines/", Status = 429, Code = "TooManyRequests", RetryAfter = "0", Times = 2 });
        await compute.LaunchAsync(Web with { Count = 1 }, offer, Token);
        cloud.Emulator.Faults.Requests.Count(request => request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains("virtualMachines/", StringComparison.Ordinal)).ShouldBe(3);

        cloud.Emulator.Quotas.Set("cores", 2);
        cloud.Emulator.Faults.Clear();
        var error = await Should.ThrowAsync<CloudException>(() => compute.LaunchAsync(Web with { IdempotencyKey = "more" }, offer, Token));

        error.Code.ShouldBe(CloudErrorCode.QuotaExceeded);
        error.Scope.ShouldBe(ErrorScope.Region);
        error.Provider.ShouldBe(CloudProvider.Azure);
        cloud.Emulator.Faults.Requests.Count(request => request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains("virtualMachines/", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static async Task<Offer> OfferAsync(IComputeService compute)
    {
        await foreach (var offer in compute.FindOffersAsync(new OfferQuery(new MachineNeed { MinVCpus = 2, InstanceType = "Standard_D2s_v5" }), Token))
        {
            return offer;
        }

        throw new InvalidOperationException("There is no offer.");
    }
}
