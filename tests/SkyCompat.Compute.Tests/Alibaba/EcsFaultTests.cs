using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Emulators.AlibabaEcs;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Bad credentials, clocks, networks and shortages.</summary>
public sealed class EcsFaultTests
{
    [Theory]
    [InlineData("LTAI5tNobody", "x", "InvalidAccessKeyId.NotFound", CloudErrorCode.Unauthenticated)]
    [InlineData("LTAI5tEcsEmulator0003", "ecs-emulator-secret-0003", "Forbidden.RAM", CloudErrorCode.PermissionDenied)]
    public async Task Credentials_Wrong_RuleTheCloudOut(string id, string secret, string code, CloudErrorCode expected)
    {
        await using var cloud = await EcsTestCloud.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["AccessKeyId"] = id, ["AccessKeySecret"] = secret });

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("i-1", default));

        (error.Code, error.Scope, error.ProviderCode, error.IsTransient).ShouldBe((expected, ErrorScope.Cloud, code, false));
        error.ToString().ShouldNotContain(secret == "x" ? "secret" : secret);
    }

    [Fact]
    public async Task Credentials_Temporary_SendTheirTokenSigned()
    {
        await using var cloud = await EcsTestCloud.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AccessKeyId"] = EcsAccount.Temporary.AccessKeyId, ["AccessKeySecret"] = EcsAccount.Temporary.AccessKeySecret, ["SecurityToken"] = EcsAccount.Temporary.SecurityToken,
        });

        (await cloud.Driver.TryGetAsync("i-1", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Clock_Late_IsLearntFromTheRefusal()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow - TimeSpan.FromHours(2));
        await using var cloud = await EcsTestCloud.StartAsync(configure: services => services.AddSingleton<TimeProvider>(clock));

        var refused = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("i-1", default));

        (refused.Code, refused.ProviderCode, refused.IsTransient).ShouldBe((CloudErrorCode.Unauthenticated, "InvalidTimeStamp.Expired", true));
        (await cloud.Driver.TryGetAsync("i-1", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Connection_Broken_IsTransientAndNamesTheEndpoint()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        cloud.Faults.Add(new EcsFault(EcsFaultKind.DropRequest) { Action = "DescribeInstances" });

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("i-1", default));

        (error.Code, error.IsTransient, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unavailable, true, false));
        error.Message.ShouldContain(cloud.Emulator.Endpoint.Authority);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Proxy_AnswersWithPage_IsTransientAndMayHaveTakenEffect(int status)
    {
        // Above the contract checks, to which a page is no reply of the provider's.
        await using var cloud = await EcsTestCloud.StartAsync(configure: services => services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new Proxy(status))));

        var read = await Should.ThrowAsync<CloudException>(() => cloud.Driver.TryGetAsync("i-1", default));
        var write = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("i-1", InstanceAction.Reboot, default));

        (read.Code, read.IsTransient, read.MayHaveTakenEffect, read.ProviderCode).ShouldBe((CloudErrorCode.Unavailable, true, false, null));
        write.MayHaveTakenEffect.ShouldBeTrue();
    }

    [Theory]
    [InlineData("stock", CloudErrorCode.CapacityShortage, ErrorScope.Offer)]
    [InlineData("zone", CloudErrorCode.Unsupported, ErrorScope.Offer)]
    [InlineData("type", CloudErrorCode.Unsupported, ErrorScope.Offer)]
    [InlineData("quota", CloudErrorCode.QuotaExceeded, ErrorScope.QuotaGroup)]
    [InlineData("money", CloudErrorCode.QuotaExceeded, ErrorScope.Cloud)]
    public async Task Launch_ByEngine_ShortageFailsAtOnceWithScopeAndLeavesNothing(string what, CloudErrorCode code, ErrorScope scope)
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        switch (what)
        {
            case "stock":
                cloud.State.SetLeft(EcsTestCloud.Zone, "ecs.g7.large", 1);
                break;
            case "zone":
                cloud.State.ClosedZones.Add(EcsTestCloud.Zone);
                break;
            case "type":
                cloud.State.SetNotSold(EcsTestCloud.Zone, "ecs.g7.large");
                break;
            case "quota":
                cloud.State.VcpuQuota = 3;
                break;
            default:
                cloud.State.HasBalance = false;
                break;
        }

        var spec = new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfFamily("ubuntu-24.04"), Count = 2 };
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Compute.LaunchAsync(spec, EcsLaunches.Offer() with { Cloud = "ali", Provider = CloudProvider.Alibaba }));

        (error.Code, error.Scope, error.IsTransient).ShouldBe((code, scope, false));
        cloud.Calls("RunInstances").Count.ShouldBe(1);
        cloud.State.InstanceCount.ShouldBe(0);
    }

    [Fact]
    public async Task Launch_ByEngine_ThrottledAndBrokenOnTheWay_MakesOneInstance()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        cloud.Faults.Add(new EcsFault(EcsFaultKind.Refuse) { Action = "RunInstances", Status = 400, Code = "Throttling.User", Message = "Request was denied due to user flow control." });
        cloud.Faults.Add(new EcsFault(EcsFaultKind.DropReply) { Action = "RunInstances" });
        cloud.Faults.Add(new EcsFault(EcsFaultKind.Refuse) { Action = "RunInstances" });
        cloud.Faults.Add(new EcsFault(EcsFaultKind.DropReply) { Action = "CreateVSwitch" });
        cloud.Faults.Add(new EcsFault(EcsFaultKind.Refuse) { Action = "CreateSecurityGroup", Status = 500, Code = "InternalError" });
        var spec = new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfFamily("ubuntu-24.04") };

        var running = await cloud.Compute.LaunchAndWaitAsync(spec, EcsLaunches.Offer() with { Cloud = "ali", Provider = CloudProvider.Alibaba });

        running.ShouldHaveSingleItem().Phase.ShouldBe(InstancePhase.Running);
        cloud.State.InstanceCount.ShouldBe(1);
    }

    [Fact]
    public async Task Wait_ByEngine_PreemptedSpotInstance_FailsAsSuch()
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var spec = new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfFamily("ubuntu-24.04") };
        var operation = await cloud.Compute.LaunchAsync(spec, EcsLaunches.Offer(market: Market.Spot) with { Cloud = "ali", Provider = CloudProvider.Alibaba });
        cloud.State.Preempt((await operation.PollAsync()).Instances[0].Id);

        var error = await Should.ThrowAsync<CloudException>(() => operation.WaitAsync());

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.CapacityShortage, ComputeErrorReasons.Preempted));
    }

    private sealed class Proxy(int status) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent("<html><body>Bad gateway</body></html>", System.Text.Encoding.UTF8, "text/html"), RequestMessage = request });
    }
}
