namespace SkyCompat.Compute.Tests.Engine;

/// <summary>Deleting ends when the thing is gone, not when the provider has taken the request.</summary>
public sealed class DeletionTests
{
    [Theory]
    [InlineData("firewall")]
    [InlineData("network")]
    public async Task AcceptedAndNotDone_IsWaitedFor(string kind)
    {
        var cloud = new ScriptedCompute { Deletions = 3 };
        cloud.Things["id"] = "mine";
        using var host = new ScriptedHost(cloud);

        await DeleteAsync(host.Compute, kind);

        cloud.Things.ShouldBeEmpty();
        cloud.Deletions.ShouldBe(0);
    }

    [Theory]
    [InlineData("firewall")]
    [InlineData("network")]
    public async Task RefusedAfterItWasAccepted_IsTheRefusal(string kind)
    {
        var cloud = new ScriptedCompute { Deletions = 2, LateRefusal = new CloudException(CloudErrorCode.Conflict, "Something uses it.") };
        cloud.Things["id"] = "mine";
        using var host = new ScriptedHost(cloud);

        (await Should.ThrowAsync<CloudException>(() => DeleteAsync(host.Compute, kind))).Code.ShouldBe(CloudErrorCode.Conflict);
    }

    [Fact]
    public async Task NothingThere_IsDoneAtOnce()
    {
        var cloud = new ScriptedCompute();
        using var host = new ScriptedHost(cloud);

        await DeleteAsync(host.Compute, "firewall");

        cloud.Deletions.ShouldBe(0);
    }

    private static Task DeleteAsync(IComputeService compute, string kind) =>
        kind == "firewall" ? compute.GetRequiredService<IFirewallGroups>().DeleteAsync("mine") : compute.GetRequiredService<INetworks>().DeleteAsync("mine");
}
