using Microsoft.Extensions.Configuration;
using SkyCompat.Hosting;

namespace SkyCompat.Azure;

/// <summary>Makes clouds of provider <c>Azure</c>.</summary>
internal sealed class AzureProviderFactory : CloudProviderFactory<AzureOptions>
{
    public override CloudProvider Provider => CloudProvider.Azure;

    protected override void Bind(IConfigurationSection section, AzureOptions options) => section.Bind(options);

    protected override void Validate(AzureOptions options, CloudConfiguration cloud, ICollection<string> errors) => new AzureOptionsValidator(options, cloud, errors).Validate();

    protected override CloudDrivers Create(AzureOptions options, CloudConfiguration cloud, IServiceProvider services) =>
        new()
        {
            Storage = AzureAccount.IsNamed(options) ? AzureStorageFactory.Create(cloud.Name, options, cloud.Region, services) : null,
            Compute = string.IsNullOrWhiteSpace(options.SubscriptionId) ? null : AzureComputeFactory.Create(cloud.Name, options, cloud.Region!, services),
        };
}
