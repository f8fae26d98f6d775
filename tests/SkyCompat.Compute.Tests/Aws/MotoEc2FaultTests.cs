using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Aws;
using SkyCompat.Contracts;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>Launches through the engine while EC2, or the way to it, fails: never two instances for one key, and none left behind.</summary>
public sealed class MotoEc2FaultTests(MotoAccount account) : IClassFixture<MotoAccount>
{
    [Fact]
    public async Task LostReplyToTheLaunch_LeavesOneInstance()
    {
        var faults = new MotoFaults().LoseReply("RunInstances");
        await using var host = Build(faults);
        var (compute, key) = (host.GetRequiredService<IComputeService>(), NewKey());

        var instance = (await compute.LaunchAndWaitAsync(Spec(key), await OfferAsync(compute))).ShouldHaveSingleItem();

        (await ListAsync(compute, key)).ShouldHaveSingleItem().Id.ShouldBe(instance.Id);
        faults.Actions.Count(action => action == "RunInstances").ShouldBe(2, "the second gives the first again, by its token");
        await EndAsync(compute);
    }

    [Fact]
    public async Task LostRepliesEverywhere_LeaveOneInstanceGroupAndKey()
    {
        var faults = new MotoFaults().LoseReply("CreateSecurityGroup").LoseReply("AuthorizeSecurityGroupIngress").LoseReply("ImportKeyPair").LoseReply("RunInstances");
        await using var host = Build(faults);
        var (compute, key) = (host.GetRequiredService<IComputeService>(), NewKey());
        var spec = Spec(key) with
        {
            Inbound = [FirewallRule.Tcp(22), FirewallRule.Tcp(443)],
            SshPublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBxN4cXhXCnUoBEUV5WKSKrPEvSVLCl7vcP8DQ0GJKmB tests",
        };

        await compute.LaunchAndWaitAsync(spec, await OfferAsync(compute));

        (await ListAsync(compute, key)).ShouldHaveSingleItem();
        (await AllAsync(compute.GetService<IFirewallGroups>()!.ListAsync())).ShouldHaveSingleItem().Inbound.ShouldBe(spec.Inbound, ignoreOrder: true);
        (await AllAsync(compute.GetService<IKeyPairs>()!.ListAsync())).ShouldHaveSingleItem();
        await EndAsync(compute);
        (await AllAsync(compute.GetService<IFirewallGroups>()!.ListAsync())).ShouldBeEmpty();
        (await AllAsync(compute.GetService<IKeyPairs>()!.ListAsync())).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("RequestLimitExceeded", 503)]
    [InlineData("InternalError", 500)]
    [InlineData("InvalidGroup.NotFound", 400)]
    public async Task PassingFailure_IsTriedAgain(string code, int status)
    {
        var faults = new MotoFaults().Refuse("RunInstances", code, status);
        await using var host = Build(faults);
        var (compute, key) = (host.GetRequiredService<IComputeService>(), NewKey());

        (await compute.LaunchAndWaitAsync(Spec(key), await OfferAsync(compute))).ShouldHaveSingleItem();

        faults.Actions.Count(action => action == "RunInstances").ShouldBe(2);
        await EndAsync(compute);
    }

    [Theory]
    [InlineData("InsufficientInstanceCapacity", 500, CloudErrorCode.CapacityShortage)]
    [InlineData("VcpuLimitExceeded", 400, CloudErrorCode.QuotaExceeded)]
    [InlineData("UnauthorizedOperation", 403, CloudErrorCode.PermissionDenied)]
    public async Task LastingFailure_IsToldAtOnce_AndLeavesNothing(string code, int status, CloudErrorCode expected)
    {
        var faults = new MotoFaults().Refuse("RunInstances", code, status);
        await using var host = Build(faults);
        var (compute, key) = (host.GetRequiredService<IComputeService>(), NewKey());
        var offer = await OfferAsync(compute);

        var error = await Should.ThrowAsync<CloudException>(() => compute.LaunchAsync(Spec(key), offer));

        error.Code.ShouldBe(expected);
        error.Provider.ShouldBe(CloudProvider.Aws);
        faults.Actions.Count(action => action == "RunInstances").ShouldBe(1);
        (await ListAsync(compute, key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task InstanceNotVisibleYet_IsWaitedFor()
    {
        var faults = new MotoFaults();
        await using var host = Build(faults);
        var (compute, key) = (host.GetRequiredService<IComputeService>(), NewKey());
        var operation = await compute.LaunchAsync(Spec(key), await OfferAsync(compute));
        faults.Refuse("DescribeInstances", "InvalidInstanceID.NotFound").Refuse("DescribeInstances", "InvalidInstanceID.NotFound");

        (await operation.WaitAsync()).ShouldHaveSingleItem().Phase.ShouldBe(InstancePhase.Running);

        await EndAsync(compute);
    }

    [Fact]
    public async Task OperationOfAnotherProcess_IsTakenUp()
    {
        await using var first = Build(new MotoFaults());
        await using var second = Build(new MotoFaults());
        var (compute, key) = (first.GetRequiredService<IComputeService>(), NewKey());
        var token = (await compute.LaunchAsync(Spec(key) with { Count = 2 }, await OfferAsync(compute))).Token;

        var instances = await second.GetRequiredService<IComputeService>().Resume(token).WaitAsync();

        instances.Select(instance => instance.Name).ShouldBe([$"{key}-1", $"{key}-2"]);
        await EndAsync(compute);
    }

    private static LaunchSpec Spec(string key) => new() { IdempotencyKey = key, Image = ImageReference.OfId(MotoAccount.Image) };

    private static string NewKey() => $"f{Guid.NewGuid():N}"[..12];

    private static async Task<Offer> OfferAsync(IComputeService compute) =>
        (await AllAsync(compute.FindOffersAsync(new OfferQuery(new MachineNeed { InstanceType = "t3.micro" })))).First();

    private static Task<List<Instance>> ListAsync(IComputeService compute, string key) =>
        AllAsync(compute.ListInstancesAsync(new InstanceQuery { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Key] = key } }));

    private static async Task EndAsync(IComputeService compute)
    {
        foreach (var result in await AllAsync(compute.SweepAsync(new SweepOptions { DryRun = false, KeepKeys = System.Collections.ObjectModel.ReadOnlySet<string>.Empty, MinAge = TimeSpan.Zero })))
        {
            result.Error.ShouldBeNull();
        }

        (await AllAsync(compute.ListInstancesAsync())).ShouldBeEmpty();
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }

    private ServiceProvider Build(MotoFaults faults)
    {
        account.Require();
        if (ContractSpecs.UnavailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        var options = account.Options();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Compute:Owner"] = "faults",
            ["Clouds:moto:Provider"] = "Aws",
            ["Clouds:moto:Region"] = AwsTestCloud.Region,
            ["Clouds:moto:Compute:PollInterval"] = "00:00:00.02",
            ["Clouds:moto:Resilience:BaseDelay"] = "00:00:00.01",
            ["Clouds:moto:Aws:Endpoint"] = options.Endpoint,
            ["Clouds:moto:Aws:AccessKeyId"] = options.AccessKeyId,
            ["Clouds:moto:Aws:SecretAccessKey"] = options.SecretAccessKey,
            ["Clouds:moto:Aws:SessionToken"] = options.SessionToken,
        };
        var log = new ContractLog { ThrowsAtOnce = true };
        var services = new ServiceCollection();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddAws();
        services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(log, AwsTestCloud.Services(options, "moto", []))));
        services.AddHttpClient(Ec2HttpClients.AllClouds).AddHttpMessageHandler(() => faults);
        return services.BuildServiceProvider();
    }
}
