using System.Text.Json.Nodes;
using SkyCompat.Clusters.Tests.Managed.Alibaba;
using SkyCompat.Clusters.Tests.Managed.Aws;
using SkyCompat.Clusters.Tests.Managed.Azure;
using SkyCompat.Clusters.Tests.Managed.Google;
using SkyCompat.Conformance;
using SkyCompat.Contracts;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>What goes wrong at providers, and what an application sees of it.</summary>
public sealed class FaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eks_LostReplyOfCreation_MakesOneCluster() => await WithAsync<EksHarness, EksEmulator>(LostReplyAsync);

    [Fact]
    public async Task Gke_LostReplyOfCreation_MakesOneCluster() => await WithAsync<GkeHarness, GkeEmulator>(LostReplyAsync);

    [Fact]
    public async Task Ack_LostReplyOfCreation_MakesOneCluster() => await WithAsync<AckHarness, AckEmulator>(LostReplyAsync);

    [Fact]
    public async Task Aks_LostReplyOfCreation_MakesOneCluster() => await WithAsync<AksHarness, AksEmulator>(async harness =>
    {
        harness.Emulator.Add(new ClusterFault("PUT", "/managedClusters/", null));
        await CreateAsync(harness);
        harness.Emulator.Clusters.Count.ShouldBe(1);
    });

    [Theory]
    [InlineData("ExpiredTokenException")]
    [InlineData("UnrecognizedClientException")]
    public async Task Eks_CredentialsThatEnded_AreUnauthenticated(string code) => await WithAsync<EksHarness, EksEmulator>(harness =>
        RefusedAsync(harness, new ClusterFault("GET", "/clusters", EksEmulator.Error(403, code, "secret AKIDEXAMPLE")), CloudErrorCode.Unauthenticated));

    [Fact]
    public async Task Gke_CredentialsThatEnded_AreUnauthenticated() => await WithAsync<GkeHarness, GkeEmulator>(harness =>
        RefusedAsync(harness, new ClusterFault("GET", "/clusters", GkeEmulator.Error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")), CloudErrorCode.Unauthenticated));

    [Theory]
    [InlineData("InvalidSecurityToken.Expired", 400)]
    [InlineData("InvalidAccessKeyId.Inactive", 404)]
    public async Task Ack_CredentialsThatEnded_AreUnauthenticated(string code, int status) => await WithAsync<AckHarness, AckEmulator>(harness =>
        RefusedAsync(harness, new ClusterFault("GET", "/clusters", AckEmulator.Error(status, code, "no")), CloudErrorCode.Unauthenticated));

    [Fact]
    public async Task Aks_CredentialsThatEnded_AreUnauthenticated() => await WithAsync<AksHarness, AksEmulator>(harness =>
        RefusedAsync(harness, new ClusterFault("GET", "/managedClusters", AksEmulator.Error(401, "InvalidAuthenticationToken", "no")), CloudErrorCode.Unauthenticated));

    [Fact]
    public async Task Eks_Quota() => await WithAsync<EksHarness, EksEmulator>(QuotaAsync);

    [Fact]
    public async Task Gke_Quota() => await WithAsync<GkeHarness, GkeEmulator>(QuotaAsync);

    [Fact]
    public async Task Ack_Quota() => await WithAsync<AckHarness, AckEmulator>(QuotaAsync);

    [Fact]
    public async Task Aks_Quota() => await WithAsync<AksHarness, AksEmulator>(QuotaAsync);

    [Fact]
    public async Task Ack_ThrottlingWithStatus400_IsRetried() => await WithAsync<AckHarness, AckEmulator>(async harness =>
    {
        harness.Emulator.Add(new ClusterFault("GET", "/clusters", AckEmulator.Error(400, "Throttling.User", "Request was denied due to user flow control.")) { Times = 2 });
        (await harness.Clusters.GetCluster("none").TryGetInfoAsync(Cancel)).ShouldBeNull();
        harness.Emulator.Requests.Count.ShouldBe(3);
    });

    [Fact]
    public async Task Gke_OperationThatIsDoneWithAnErrorInside_FailsAtOnce() => await WithAsync<GkeHarness, GkeEmulator>(async harness =>
    {
        harness.Emulator.NextError = new JsonObject { ["code"] = 8, ["message"] = "Insufficient regional quota to satisfy request: resource \"CPUS\"." };
        var operation = await harness.Clusters.CreateAsync(Spec(harness), Cancel);
        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync(null, Cancel));
        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.QuotaExceeded, false));
    });

    [Fact]
    public async Task Eks_PoolWithoutCapacity_FailsWithItsReason() => await WithAsync<EksHarness, EksEmulator>(async harness =>
    {
        var operation = await harness.Clusters.CreateAsync(Spec(harness), Cancel);
        while (harness.Emulator.Clusters.Values.Single().Pools.Count == 0)
        {
            await operation.PollAsync(Cancel);
        }

        harness.Emulator.Do(() =>
        {
            var pool = harness.Emulator.Clusters.Values.Single().Pools.Values.Single();
            pool.Fails = true;
            pool.Document["issues"] = new JsonArray(new JsonObject { ["code"] = "AsgInstanceLaunchFailures", ["message"] = "We currently do not have sufficient m5.large capacity" });
        });
        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync(null, Cancel));
        (error.Code, error.Reason, error.Scope, error.ProviderCode).ShouldBe((CloudErrorCode.CapacityShortage, ClusterErrorReasons.TerminalState, ErrorScope.Offer, "AsgInstanceLaunchFailures"));
    });

    [Fact]
    public async Task Eks_ProcessLostBeforeThePoolsWereMade_GoesOnFromItsFirstToken() => await WithAsync<EksHarness, EksEmulator>(async harness =>
    {
        var first = (await harness.Clusters.CreateAsync(Spec(harness), Cancel)).Token;
        var lost = harness.OpenAgain().Resume(first);
        while (harness.Emulator.Clusters.Values.Single().Pools.Count == 0)
        {
            await lost.PollAsync(Cancel);
        }

        // The token that was stored does not know of the pool that the lost process made.
        var status = await harness.OpenAgain().Resume(first).WaitAsync(null, Cancel);
        status.Pools.Single().Phase.ShouldBe(ClusterPhase.Running);
        harness.Emulator.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal) && request.EndsWith("/node-groups", StringComparison.Ordinal)).ShouldBe(1);
    });

    [Fact]
    public async Task Eks_ClusterIsDeleted_WhileAPoolIsBeingDeleted() => await WithAsync<EksHarness, EksEmulator>(async harness =>
    {
        var name = await CreateAsync(harness);
        var cluster = harness.Clusters.GetCluster(name);
        await cluster.GetNodePools().DeleteAsync("main", Cancel);
        (await (await cluster.DeleteAsync(Cancel)).WaitAsync(null, Cancel)).State.ShouldBe(ClusterOperationState.Succeeded);
        harness.Emulator.Requests.Count(request => request.StartsWith("DELETE", StringComparison.Ordinal)).ShouldBe(2);
    });

    [Fact]
    public async Task Gke_SecondOperation_IsQueued() => await WithAsync<GkeHarness, GkeEmulator>(async harness =>
    {
        var pools = harness.Clusters.GetCluster(await CreateAsync(harness)).GetNodePools();
        var need = new MachineNeed { InstanceType = harness.InstanceType };
        harness.Emulator.Looks = 20;
        await pools.ApplyAsync(new NodePoolSpec("one") { Need = need }, Cancel);
        var second = await pools.ApplyAsync(new NodePoolSpec("two") { Need = need }, Cancel);
        var status = await harness.OpenAgain().Resume(second.Token).PollAsync(Cancel);
        status.State.ShouldBe(ClusterOperationState.Queued);
        status.Error!.Reason.ShouldBe(ClusterErrorReasons.ClusterBusy);
        (await second.WaitAsync(null, Cancel)).State.ShouldBe(ClusterOperationState.Succeeded);
    });

    [Fact]
    public async Task Gke_FailedCluster_FailsTheWaitAtOnce() => await WithAsync<GkeHarness, GkeEmulator>(async harness =>
    {
        var operation = await harness.Clusters.CreateAsync(Spec(harness), Cancel);
        harness.Emulator.Do(() =>
        {
            var cluster = harness.Emulator.Clusters.Values.Single();
            cluster.Fails = true;
            cluster.Document["conditions"] = new JsonArray(new JsonObject { ["code"] = "GCE_STOCKOUT", ["message"] = "no capacity" });
        });
        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync(null, Cancel));
        (error.Code, error.Reason).ShouldBe((CloudErrorCode.CapacityShortage, ClusterErrorReasons.TerminalState));
        error.Message.ShouldContain("no capacity");
    });

    [Fact]
    public async Task Ack_FailedTask_TellsItsReason() => await WithAsync<AckHarness, AckEmulator>(async harness =>
    {
        harness.Emulator.Looks = 20;
        var operation = await harness.Clusters.CreateAsync(Spec(harness), Cancel);
        while (harness.Emulator.Clusters.Count == 0)
        {
            // The network comes first.
            await operation.PollAsync(Cancel);
        }

        harness.Emulator.Do(() => harness.Emulator.Clusters.Values.Single().Fails = true);
        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync(null, Cancel));
        (error.Code, error.ProviderCode).ShouldBe((CloudErrorCode.CapacityShortage, "OperationDenied.NoStock"));
    });

    [Fact]
    public async Task Aks_FailedOperation_TellsItsReason() => await WithAsync<AksHarness, AksEmulator>(async harness =>
    {
        var operation = await harness.Clusters.CreateAsync(Spec(harness), Cancel);
        harness.Emulator.Do(() => harness.Emulator.Clusters.Values.Single().Fails = true);
        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync(null, Cancel));
        (error.Code, error.ProviderCode).ShouldBe((CloudErrorCode.CapacityShortage, "SkuNotAvailable"));
    });

    [Fact]
    public async Task Eks_WithoutRoles_SaysWhichSettingIsMissing() => await WithAsync<EksHarness, EksEmulator>(async harness =>
    {
        var settings = EksHarness.Settings(harness.Emulator.Endpoint);
        settings["EksClusterRole"] = null;
        await using var host = ClusterHost.Start("Aws", EksHarness.Region, "me", settings, new ContractLog(), [], builder => builder.AddAws());
        var error = await Should.ThrowAsync<CloudException>(() => host.Clusters.CreateAsync(Spec(harness), Cancel));
        error.Code.ShouldBe(CloudErrorCode.InvalidArgument);
        error.Message.ShouldContain("Aws:EksClusterRole");
    });

    private static ClusterSpec Spec(ClusterHarness harness) =>
        new() { IdempotencyKey = harness.NewKey("f"), Pools = [new NodePoolSpec("main") { Need = new MachineNeed { InstanceType = harness.InstanceType } }], SubnetIds = harness.SubnetIds };

    private static async Task<string> CreateAsync(ClusterHarness harness)
    {
        var info = await harness.Clusters.CreateAndWaitAsync(Spec(harness), Cancel);
        info.Phase.ShouldBe(ClusterPhase.Running);
        return info.Name;
    }

    private static async Task LostReplyAsync<TEmulator>(EmulatedHarness<TEmulator> harness)
        where TEmulator : ClusterEmulator, new()
    {
        harness.Emulator.Add(new ClusterFault("POST", "/clusters", null));
        await CreateAsync(harness);
        harness.Emulator.Clusters.Count.ShouldBe(1);
    }

    private static async Task QuotaAsync<TEmulator>(EmulatedHarness<TEmulator> harness)
        where TEmulator : ClusterEmulator, new()
    {
        harness.Emulator.Quota = 0;
        var error = await Should.ThrowAsync<CloudException>(() => harness.Clusters.CreateAndWaitAsync(Spec(harness), Cancel));
        (error.Code, error.Scope).ShouldBe((CloudErrorCode.QuotaExceeded, ErrorScope.Region));
    }

    private static async Task RefusedAsync<TEmulator>(EmulatedHarness<TEmulator> harness, ClusterFault fault, CloudErrorCode code)
        where TEmulator : ClusterEmulator, new()
    {
        harness.Emulator.Add(fault);
        var error = await Should.ThrowAsync<CloudException>(() => harness.Clusters.GetCluster("any").TryGetInfoAsync(Cancel));
        (error.Code, error.Scope, error.IsTransient).ShouldBe((code, ErrorScope.Cloud, false));
        error.Message.ShouldNotContain("AKIDEXAMPLE");
    }

    private static async Task WithAsync<THarness, TEmulator>(Func<THarness, Task> run)
        where THarness : EmulatedHarness<TEmulator>, new()
        where TEmulator : ClusterEmulator, new()
    {
        await using var harness = new THarness();
        Assert.SkipWhen(ContractSpecs.UnavailableReason is not null, ContractSpecs.UnavailableReason ?? "");
        await harness.InitializeAsync(Cancel);
        await run(harness);
    }
}
