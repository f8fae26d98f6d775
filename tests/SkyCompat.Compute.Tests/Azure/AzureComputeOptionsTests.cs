using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>The settings of compute, and clouds with storage, compute or both.</summary>
public sealed class AzureComputeOptionsTests
{
    private const string Path = "SkyCompat:Clouds:c";

    [Theory]
    [InlineData("SubscriptionId", "mine", $"{Path}:Azure:SubscriptionId: 'mine' is not the id of a subscription")]
    [InlineData("ResourceGroup", "a/b", $"{Path}:Azure:ResourceGroup: 'a/b' is not the name of a resource group")]
    [InlineData("ResourceGroup", "ends.", $"{Path}:Azure:ResourceGroup: 'ends.' is not the name of a resource group")]
    [InlineData("ResourceGroup", "", $"{Path}:Azure:ResourceGroup: '' is not the name of a resource group")]
    [InlineData("ResourceManagerEndpoint", "http://management.azure.com", $"{Path}:Azure:ResourceManagerEndpoint: 'http://management.azure.com' is not an absolute https URL")]
    [InlineData("ResourceManagerEndpoint", "https://management.azure.com/x", $"{Path}:Azure:ResourceManagerEndpoint: the URL must not hold a user name, password, query or fragment, nor a path")]
    [InlineData("RetailPricesEndpoint", "prices", $"{Path}:Azure:RetailPricesEndpoint: 'prices' is not an absolute https URL")]
    [InlineData("RetailPricesEndpoint", "https://prices.azure.com/?a=b", $"{Path}:Azure:RetailPricesEndpoint: the URL must not hold")]
    [InlineData("Credential", "ClientSecret", $"{Path}:Azure:ClientSecret: Credential ClientSecret needs TenantId, ClientId and ClientSecret.")]
    public void What_is_wrong_is_named(string key, string value, string message) =>
        Should.Throw<Exception>(() => Open((key, value))).Message.ShouldContain(message);

    [Fact]
    public void A_region_is_needed() => Should.Throw<Exception>(() => Open(("Region", null))).Message.ShouldContain($"compute on Azure needs a region, such as westeurope; set {Path}:Region");

    [Fact]
    public void A_cloud_may_have_compute_alone()
    {
        var cloud = Open();
        cloud.Compute.Capabilities.Supports(ComputeFeatures.Spot | ComputeFeatures.QuotaProbe | ComputeFeatures.StopKeepAllocated).ShouldBeTrue();
        Should.Throw<CloudException>(() => cloud.Storage).Code.ShouldBe(CloudErrorCode.Unsupported);
        cloud.Location.Region.ShouldBe("westeurope");
    }

    [Fact]
    public void A_cloud_may_have_storage_alone()
    {
        var cloud = Open(("SubscriptionId", null), ("Region", null), ("AccountName", "acme"), ("AccountKey", "a2V5"));
        cloud.Storage.ShouldNotBeNull();
        Should.Throw<CloudException>(() => cloud.Compute).Message.ShouldContain("has no compute");
    }

    [Fact]
    public void A_cloud_may_have_both_with_a_key_for_storage_and_an_identity_for_compute()
    {
        var cloud = Open(("AccountName", "acme"), ("AccountKey", "a2V5"), ("Credential", "ManagedIdentity"), ("ResourceManagerEndpoint", "http://127.0.0.1:9"));
        cloud.Storage.ShouldNotBeNull();
        cloud.Compute.ShouldNotBeNull();
    }

    private static ICloud Open(params (string Key, string? Value)[] changes)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [$"{Path}:Provider"] = "Azure",
            [$"{Path}:Region"] = "westeurope",
            [$"{Path}:Azure:SubscriptionId"] = ArmCloud.Subscription,
        };
        foreach (var (key, value) in changes)
        {
            var path = key == "Region" ? $"{Path}:Region" : $"{Path}:Azure:{key}";
            if (value is null)
            {
                values.Remove(path);
            }
            else
            {
                values[path] = value;
            }
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddAzure();
        return services.BuildServiceProvider().GetRequiredService<ISky>().GetCloud("c");
    }
}
