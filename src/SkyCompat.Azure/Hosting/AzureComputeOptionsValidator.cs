using SkyCompat.Hosting;

namespace SkyCompat.Azure;

/// <summary>Checks the settings of compute, where a cloud has it.</summary>
/// <param name="options">The options.</param>
/// <param name="cloud">The cloud.</param>
/// <param name="report">Takes a key and what is wrong with it.</param>
internal sealed class AzureComputeOptionsValidator(AzureOptions options, CloudConfiguration cloud, Action<string, string> report)
{
    private const int MaxGroupLength = 90;

    public void Validate()
    {
        if (!Guid.TryParseExact(options.SubscriptionId, "D", out _))
        {
            report(nameof(AzureOptions.SubscriptionId), $"'{options.SubscriptionId}' is not the id of a subscription; it is a UUID such as 11111111-2222-3333-4444-555555555555.");
        }

        if (string.IsNullOrWhiteSpace(options.ResourceGroup) || options.ResourceGroup.Length > MaxGroupLength || options.ResourceGroup.EndsWith('.') ||
            !options.ResourceGroup.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '(' or ')'))
        {
            report(nameof(AzureOptions.ResourceGroup), $"'{options.ResourceGroup}' is not the name of a resource group; it has 1 to {MaxGroupLength} letters, digits, '-', '_', '.', '(' or ')', and no '.' at its end.");
        }

        ValidateLocalOrSecure(nameof(AzureOptions.ResourceManagerEndpoint), options.ResourceManagerEndpoint, "https://management.azure.com", hasPath: false);
        ValidateLocalOrSecure(nameof(AzureOptions.RetailPricesEndpoint), options.RetailPricesEndpoint, "https://prices.azure.com/api/retail/prices", hasPath: true);
        if (string.IsNullOrWhiteSpace(cloud.Region))
        {
            report(nameof(AzureOptions.SubscriptionId), $"compute on Azure needs a region, such as westeurope; set {cloud.Path}:Region, or leave SubscriptionId out.");
        }
    }

    private void ValidateLocalOrSecure(string key, string? text, string example, bool hasPath)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            report(key, $"'{text}' is not an absolute https URL, such as {example}; http is for this machine only.");
        }
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 || (!hasPath && uri.AbsolutePath != "/"))
        {
            report(key, $"the URL must not hold a user name, password, query or fragment{(hasPath ? "" : ", nor a path")}; it looks like {example}.");
        }
    }
}
