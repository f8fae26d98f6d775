using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace SkyCompat.Azure;

/// <summary>Makes the Entra ID credential that the settings ask for, its own retries and logs off.</summary>
internal static class AzureCredentials
{
    public const string HttpClientName = "SkyCompat.Azure.Identity";

    public static TokenCredential Create(AzureOptions options, IHttpClientFactory clients)
    {
        switch (options.Credential)
        {
            case AzureCredentialKind.ManagedIdentity:
                return new ManagedIdentityCredential(Prepare(
                    new ManagedIdentityCredentialOptions(options.ClientId is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned), options, clients));
            case AzureCredentialKind.WorkloadIdentity:
                var workload = Prepare(new WorkloadIdentityCredentialOptions(), options, clients);
                workload.ClientId = options.ClientId ?? workload.ClientId;
                workload.TenantId = options.TenantId ?? workload.TenantId;
                return new WorkloadIdentityCredential(workload);
            case AzureCredentialKind.ClientSecret:
                return new ClientSecretCredential(options.TenantId, options.ClientId, options.ClientSecret, Prepare(new ClientSecretCredentialOptions(), options, clients));
            case AzureCredentialKind.AzureCli:
                return new AzureCliCredential(new AzureCliCredentialOptions { TenantId = options.TenantId });
            default:
                var chain = Prepare(new DefaultAzureCredentialOptions(), options, clients);
                chain.TenantId = options.TenantId ?? chain.TenantId;
                chain.ManagedIdentityClientId = options.ClientId ?? chain.ManagedIdentityClientId;
                chain.WorkloadIdentityClientId = options.ClientId ?? chain.WorkloadIdentityClientId;
                return new DefaultAzureCredential(chain);
        }
    }

    private static TOptions Prepare<TOptions>(TOptions identity, AzureOptions options, IHttpClientFactory clients)
        where TOptions : TokenCredentialOptions
    {
        if (options.AuthorityHost is { Length: > 0 } authority)
        {
            identity.AuthorityHost = new Uri(authority);
        }

        identity.Retry.MaxRetries = 0;
        identity.Transport = new HttpClientTransport(clients.CreateClient(HttpClientName));
        identity.Diagnostics.IsLoggingEnabled = false;
        identity.Diagnostics.IsTelemetryEnabled = false;
        return identity;
    }
}
