using Amazon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;
using SkyCompat.S3;

namespace SkyCompat.Aws;

/// <summary>Makes clouds of provider <c>Aws</c>: object storage on S3 and compute on EC2 from one set of credentials.</summary>
internal sealed class AwsProviderFactory : CloudProviderFactory<AwsOptions>
{
    public override CloudProvider Provider => CloudProvider.Aws;

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
        };
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
