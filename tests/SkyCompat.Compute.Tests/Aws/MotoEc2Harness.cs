using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Aws;
using SkyCompat.Conformance;
using SkyCompat.Contracts;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>The engine over EC2 as the server moto has it, in an account of its own; each request and reply is checked against EC2's description.</summary>
public sealed class MotoEc2Harness : ComputeHarness
{
    private readonly MotoAccount _account = new();
    private readonly ContractLog _contracts = new() { ThrowsAtOnce = Environment.GetEnvironmentVariable("SKYCOMPAT_CONTRACTS") != "collect" };
    private readonly List<ServiceProvider> _hosts = [];

    public override string Provider => "Aws";

    public override MachineNeed Need { get; } = new() { InstanceType = "m5.large" };

    public override ImageReference Image { get; } = ImageReference.OfId(MotoAccount.Image);

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["act.missing"] = "moto starts what is terminated",
        ["network.ensure"] = "moto deletes a subnet that an instance is in",
        ["act.reboot.stopped"] = "moto starts a stopped instance that is rebooted",
        ["images.families"] = "moto has no image of these families",
        ["console.missing"] = "moto has a console for what is terminated",
    };

    public override ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ProbeAsync();

    protected override IComputeService Open(string owner)
    {
        var options = _account.Options();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Compute:Owner"] = owner,
            ["Clouds:moto:Provider"] = "Aws",
            ["Clouds:moto:Region"] = AwsTestCloud.Region,
            ["Clouds:moto:Compute:PollInterval"] = "00:00:00.02",
            ["Clouds:moto:Aws:Endpoint"] = options.Endpoint,
            ["Clouds:moto:Aws:AccessKeyId"] = options.AccessKeyId,
            ["Clouds:moto:Aws:SecretAccessKey"] = options.SecretAccessKey,
            ["Clouds:moto:Aws:SessionToken"] = options.SessionToken,
        };
        var services = new ServiceCollection();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddAws();
        if (ContractSpecs.Root is not null)
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(_contracts, AwsTestCloud.Services(options, "moto", []))));
        }

        var host = services.BuildServiceProvider();
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        return host.GetRequiredService<IComputeService>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await base.DisposeAsyncCore();

        // What was found where nothing could be thrown.
        _contracts.AssertClean();
    }

    private async ValueTask<string?> ProbeAsync()
    {
        await _account.InitializeAsync();
        return _account.UnavailableReason;
    }
}
