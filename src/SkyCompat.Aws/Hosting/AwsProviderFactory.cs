using Amazon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;
using SkyCompat.S3;

namespace SkyCompat.Aws;

/// <summary>Makes clouds of provider <c>Aws</c>: object storage on S3, compute on EC2 and clusters on EKS from one set of credentials.</summary>
internal sealed class AwsProviderFactory : CloudProviderFactory<AwsOptions>
{
    public override CloudProvider Provider => CloudProvider.Aws;

    public override string StorageEndpointKey => nameof(AwsOptions.S3Endpoint);

    protected override void Bind(IConfigurationSection section, AwsOptions options) => section.Bind(options);

    protected override void Validate(AwsOptions options, CloudConfiguration cloud, ICollection<string> errors) => new AwsOptionsValidator(options, cloud, errors).Validate();

    protected override CloudDrivers Create(AwsOptions options, CloudConfiguration cloud, IServiceProvider services)
    {
        var region = cloud.Region!;
        var credentials = S3StorageFactory.CreateCredentials(options.AccessKeyId, options.SecretAccessKey, options.SessionToken, options.Profile);
        var storage = new S3Options
        {
            // The profile's template is that of the main partition; the others, such as China's, have domains of their own.
            Endpoint = options.S3Endpoint ?? $"https://s3.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}",
            AddressingStyle = options.AddressingStyle,
            MaxConnections = options.MaxConnections,
            ConnectTimeout = options.ConnectTimeout,
        };
        return new CloudDrivers
        {
            Storage = S3StorageFactory.Create(Provider, cloud.Name, S3Profiles.Aws, storage, region, credentials, services),
            Compute = CreateCompute(options, cloud.Name, region, credentials, services),
            Clusters = CreateClusters(options, cloud.Name, region, credentials, services),
        };
    }

    internal static EksClusterDriver CreateClusters(AwsOptions options, string cloud, string region, S3CredentialSource credentials, IServiceProvider services)
    {
        var suffix = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        return new EksClusterDriver(new EksContext
        {
            Region = region,
            Endpoint = new Uri(options.EksEndpoint ?? $"https://eks.{region}.{suffix}"),
            StsHost = $"sts.{region}.{suffix}",
            Credentials = credentials,
            Clock = new ServerClock(services.GetService<TimeProvider>() ?? TimeProvider.System),
            Http = services.GetRequiredService<Ec2HttpClients>().Create(cloud, options.MaxConnections, options.ConnectTimeout),
            ClusterRole = options.EksClusterRole,
            NodeRole = options.EksNodeRole,
            DefaultSubnets = ListDefaultSubnetsAsync,
        });

        async Task<IReadOnlyList<string>> ListDefaultSubnetsAsync(CancellationToken cancellationToken)
        {
            // Asked for rarely, so that the clients live for the one question.
            var http = new AwsHttpClients(services.GetRequiredService<IHttpClientFactory>(), Ec2HttpClients.NameOf(cloud));
            using var clients = new Ec2Clients(region, options.Endpoint, new SdkCredentials(credentials), http);
            return await new Ec2Subnets(new Ec2Calls(clients)).ListDefaultAsync(region, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static Ec2ComputeDriver CreateCompute(AwsOptions options, string cloud, string region, S3CredentialSource credentials, IServiceProvider services)
    {
        // Only tells the named client its limits: the SDK fetches that client for each request.
        services.GetRequiredService<Ec2HttpClients>().Create(cloud, options.MaxConnections, options.ConnectTimeout).Dispose();
        var http = new AwsHttpClients(services.GetRequiredService<IHttpClientFactory>(), Ec2HttpClients.NameOf(cloud));
        var clients = new Ec2Clients(region, options.Endpoint, new SdkCredentials(credentials), http);
        return new Ec2ComputeDriver(clients, options.Hibernation, services.GetService<TimeProvider>() ?? TimeProvider.System);
    }
}
