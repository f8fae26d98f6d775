using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Aws;
using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;
using SkyCompat.Drivers;
using SkyCompat.S3;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>A driver with its services, as <c>AddAws()</c> makes it, every request and reply of which is checked against EC2's description.</summary>
internal sealed class AwsTestCloud : IAsyncDisposable
{
    public const string Region = "eu-central-1";
    public const string AccessKeyId = "AKIDEXAMPLE123456789";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly ServiceProvider _services;

    private AwsTestCloud(ServiceProvider services, ContractLog contracts, Ec2ComputeDriver driver)
    {
        _services = services;
        Contracts = contracts;
        Driver = driver;
    }

    public ComputeDriver Driver { get; }

    public ContractLog Contracts { get; }

    /// <summary>A cloud whose requests do not leave the process.</summary>
    public static AwsTestCloud On(ScriptedEc2 script, Action<AwsOptions>? configure = null, TimeProvider? time = null, bool checks = true)
    {
        var options = new AwsOptions { AccessKeyId = AccessKeyId, SecretAccessKey = SecretAccessKey };
        configure?.Invoke(options);
        return Create(
            options,
            "",
            [Region, "us-west-2"],
            services => services.AddHttpClient(Ec2HttpClients.AllClouds).ConfigurePrimaryHttpMessageHandler(() => script),
            time,
            checks);
    }

    public static AwsTestCloud Create(
        AwsOptions options, string server, IReadOnlyList<string> regions, Action<IServiceCollection>? configure = null, TimeProvider? time = null, bool checks = true, string region = Region)
    {
        if (checks && ContractSpecs.UnavailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        var log = new ContractLog { ThrowsAtOnce = true };
        new Builder(services).AddAws();
        if (checks)
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new ContractHandler(log, Services(options, server, regions))));
        }

        configure?.Invoke(services);
        var provider = services.BuildServiceProvider();
        var credentials = S3StorageFactory.CreateCredentials(options.AccessKeyId, options.SecretAccessKey, options.SessionToken, options.Profile);
        return new AwsTestCloud(provider, log, AwsProviderFactory.CreateCompute(options, "test", region, credentials, provider));
    }

    /// <summary>What describes the requests of a cloud.</summary>
    public static IReadOnlyList<ContractService> Services(AwsOptions options, string server, IReadOnlyList<string> regions) =>
    [
        .. (options.Endpoint is { } endpoint ? [new Uri(endpoint)] : regions.Select(region => new Uri($"https://ec2.{region}.amazonaws.com"))).Select(uri => new ContractService
        {
            Description = ContractSpecs.Get(ContractSpecs.Ec2),
            Endpoint = uri,
            Server = server,
            Signatures = new SigV4Verifier(key => key == options.AccessKeyId ? options.SecretAccessKey : null),
            RequiresSignature = true,
        }),
    ];

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await _services.DisposeAsync();
        Contracts.AssertClean();
    }

    internal sealed class Builder(IServiceCollection services) : ISkyCompatBuilder
    {
        public IServiceCollection Services => services;
    }
}
