using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>Makes clouds of provider <c>Alibaba</c>.</summary>
internal sealed class AlibabaProviderFactory : CloudProviderFactory<AlibabaOptions>
{
    public override CloudProvider Provider => CloudProvider.Alibaba;

    protected override void Bind(IConfigurationSection section, AlibabaOptions options) => section.Bind(options);

    protected override void Validate(AlibabaOptions options, CloudConfiguration cloud, ICollection<string> errors) => new AlibabaOptionsValidator(options, cloud, errors).Validate();

    protected override CloudDrivers Create(AlibabaOptions options, CloudConfiguration cloud, IServiceProvider services)
    {
        var context = CreateContext(options, cloud, services, ProcessEnvironment.Current);
        var compute = CreateComputeContext(options, cloud, services, context);
        return new()
        {
            Storage = new OssStorageDriver(context),
            Compute = new EcsComputeDriver(compute),
            Clusters = new AckClusterDriver(new AckContext
            {
                Endpoint = new Uri(options.AckEndpoint ?? $"https://cs.{cloud.Region}.aliyuncs.com"),
                Region = cloud.Region!,
                Credentials = context.Credentials,
                Clock = context.Clock,
                Http = CreateHttp(options, cloud, services),
                Machines = compute,
                PodRange = options.PodRange,
                ServiceRange = options.ServiceRange,
            }),
        };
    }

    /// <summary>What the buckets of a cloud share.</summary>
    internal static S3Context CreateContext(AlibabaOptions options, CloudConfiguration cloud, IServiceProvider services, ProcessEnvironment environment)
    {
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        return new S3Context
        {
            Profile = OssProfile.Native,
            Dialect = OssDialect.Instance,
            Signer = new OssV4Signer(),
            Endpoint = new OssEndpoint(options, cloud.Region!),
            Credentials = CreateCredentials(options, cloud.Region!, services, environment, time),
            Clock = new ServerClock(time),
            Http = CreateHttp(options, cloud, services),
            SignsPayload = false,
        };
    }

    /// <summary>What the parts of a cloud's compute share, with the credentials and the clock of its buckets.</summary>
    private static EcsContext CreateComputeContext(AlibabaOptions options, CloudConfiguration cloud, IServiceProvider services, S3Context storage) => new()
    {
        Rpc = new RpcClient(new RpcEndpoints(options), storage.Credentials, storage.Clock, CreateHttp(options, cloud, services)),
        Region = cloud.Region!,
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System,
        DiskCategory = options.DiskCategory,
    };

    private static HttpMessageInvoker CreateHttp(AlibabaOptions options, CloudConfiguration cloud, IServiceProvider services) =>
        services.GetRequiredService<AlibabaHttpClients>().Create(cloud.Name, options.MaxConnections, options.ConnectTimeout);

    private static S3CredentialSource CreateCredentials(AlibabaOptions options, string region, IServiceProvider services, ProcessEnvironment environment, TimeProvider time)
    {
        if (options.AccessKeyId is { Length: > 0 } id)
        {
            return new StaticCredentialSource(new S3Credentials(id, options.AccessKeySecret!, string.IsNullOrEmpty(options.SecurityToken) ? null : options.SecurityToken, expiresAt: null));
        }

        // Asked for at each use, so that the handler's connections are renewed.
        var handlers = services.GetRequiredService<IHttpMessageHandlerFactory>();
        var http = new CredentialHttp(() => new HttpMessageInvoker(handlers.CreateHandler(AlibabaHttpClients.Credentials), disposeHandler: false), time);
        var sts = new StsClient(http, StsEndpointOf(options, region), time);
        CredentialPlace[] places = options.CredentialProfile is { Length: > 0 } profile
            ? [new ProfileCredentials(environment, http, sts, profile)]
            : [new EnvironmentCredentials(environment), OidcRoleCredentials.Of(environment, sts), new ProfileCredentials(environment, http, sts, profile: null), new EcsRoleCredentials(http, environment)];
        return new AlibabaCredentialSource(places, time);
    }

    private static Uri StsEndpointOf(AlibabaOptions options, string region) =>
        new(options.StsEndpoint ?? $"https://{(options.Network == OssNetwork.Internal ? "sts-vpc" : "sts")}.{region}.aliyuncs.com");
}
