using Microsoft.Extensions.Configuration;
using SkyCompat.Hosting;

namespace SkyCompat.Azure;

/// <summary>Makes clouds of provider <c>Azure</c>.</summary>
internal sealed class AzureProviderFactory : CloudProviderFactory<AzureOptions>
{
    public override CloudProvider Provider => CloudProvider.Azure;

    public override string StorageEndpointKey => nameof(AzureOptions.BlobServiceUri);

    protected override void Bind(IConfigurationSection section, AzureOptions options) => section.Bind(options);

    protected override void Validate(AzureOptions options, CloudConfiguration cloud, ICollection<string> errors) => new AzureOptionsValidator(options, cloud, errors).Validate();

    protected override CloudDrivers Create(AzureOptions options, CloudConfiguration cloud, IServiceProvider services)
    {
        var (compute, clusters) = string.IsNullOrWhiteSpace(options.SubscriptionId) ? default : AzureComputeFactory.Create(cloud.Name, options, cloud.Region!, services);
        return new()
        {
            Storage = AzureAccount.IsNamed(options) ? AzureStorageFactory.Create(cloud.Name, options, cloud.Region, services) : null,
            Compute = compute,
            Clusters = clusters,
        };
    }
}
