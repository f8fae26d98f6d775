namespace SkyCompat.Azure;

/// <summary>Which Entra ID identity signs in where neither an account key nor a SAS is configured.</summary>
public enum AzureCredentialKind
{
    /// <summary>The default chain of Azure.Identity: environment, workload identity, managed identity, then the developer's own tools.</summary>
    Default = 0,

    /// <summary>The managed identity of the machine; <see cref="AzureOptions.ClientId"/> chooses a user-assigned one.</summary>
    ManagedIdentity,

    /// <summary>The federated identity of a Kubernetes workload, as its environment says; <see cref="AzureOptions.ClientId"/> and <see cref="AzureOptions.TenantId"/> override it.</summary>
    WorkloadIdentity,

    /// <summary>An application with <see cref="AzureOptions.TenantId"/>, <see cref="AzureOptions.ClientId"/> and <see cref="AzureOptions.ClientSecret"/>.</summary>
    ClientSecret,

    /// <summary>Whoever is signed in to the Azure CLI: for development.</summary>
    AzureCli,
}
