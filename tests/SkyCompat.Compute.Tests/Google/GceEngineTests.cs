using SkyCompat.Emulators.GoogleCompute;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>Faults of Compute Engine as an application sees them, through the engine.</summary>
public sealed class GceEngineTests
{
    private const string Instances = $"zones/{GceTestCloud.Zone}/instances";

    [Fact]
    public async Task Launch_WithoutStock_FailsByItsOperationAndLeavesNothing()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetStock(GceTestCloud.Zone, 0);
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Compute.LaunchAndWaitAsync(Spec(), Offer()));
        error.Code.ShouldBe(CloudErrorCode.CapacityShortage);
        error.Scope.ShouldBe(ErrorScope.Offer);
        error.ProviderCode.ShouldBe("ZONE_RESOURCE_POOL_EXHAUSTED");
        cloud.Emulator.Names(Instances).ShouldBeEmpty();

        cloud.Emulator.SetStock(GceTestCloud.Zone, 1);
        (await cloud.Compute.LaunchAndWaitAsync(Spec(), Offer())).Single().Phase.ShouldBe(InstancePhase.Running);
    }

    [Fact]
    public async Task Launch_OverTheQuota_RulesOutTheRegion()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetQuota(GceTestCloud.Region, "CPUS", 1);
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Compute.LaunchAndWaitAsync(Spec(), Offer()));
        error.Code.ShouldBe(CloudErrorCode.QuotaExceeded);
        error.Scope.ShouldBe(ErrorScope.Region);
        error.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task Launch_SeveralWithStockForSome_KeepsNoneBelowTheMinimum()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Emulator.SetStock(GceTestCloud.Zone, 2);
        await Should.ThrowAsync<CloudException>(() => cloud.Compute.LaunchAndWaitAsync(Spec() with { Count = 3 }, Offer()));
        cloud.Emulator.Names(Instances).ShouldBeEmpty();
        cloud.Emulator.Names($"zones/{GceTestCloud.Zone}/disks").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("compute.instances.insert")]
    [InlineData("compute.instances.aggregatedList")]
    [InlineData("compute.images.getFromFamily")]
    [InlineData("compute.networks.get")]
    [InlineData("compute.zoneOperations.get")]
    public async Task Launch_ReplyLostAnywhere_LaunchesOnce(string operation)
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Faults.Add(new GceFault { Operation = operation, Drop = true, CarryOut = true });
        var instance = (await cloud.Compute.LaunchAndWaitAsync(Spec(), Offer())).Single();
        instance.Phase.ShouldBe(InstancePhase.Running);
        cloud.Emulator.Names(Instances).ShouldBe([GceTestCloud.Key]);
        cloud.Faults.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Preempted_WhileItIsWaitedFor_FailsAtOnce()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        var operation = await cloud.Compute.LaunchAsync(Spec(), Offer() with { Market = Market.Spot });
        for (var look = 0; look < 3; look++)
        {
            await cloud.Driver.TryGetAsync($"{GceTestCloud.Zone}/{GceTestCloud.Key}", default);
        }

        cloud.Emulator.Preempt(GceTestCloud.Zone, GceTestCloud.Key);
        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync());
        error.Code.ShouldBe(CloudErrorCode.CapacityShortage);
        error.Reason.ShouldBe(ComputeErrorReasons.Preempted);
    }

    [Fact]
    public async Task Throttled_IsTriedAgain()
    {
        await using var cloud = await GceTestCloud.StartAsync();
        cloud.Faults.Add(new GceFault { Operation = "compute.instances.get", Status = 403, Reason = "rateLimitExceeded", Message = "Rate Limit Exceeded" });
        (await cloud.Compute.TryGetInstanceAsync($"{GceTestCloud.Zone}/nobody")).ShouldBeNull();
        cloud.Faults.IsEmpty.ShouldBeTrue();
    }

    private static LaunchSpec Spec() => new() { IdempotencyKey = GceTestCloud.Key, Image = ImageReference.OfFamily("ubuntu-24.04") };

    private static Offer Offer() => GceTestCloud.Offer() with { Cloud = "gce" };
}
