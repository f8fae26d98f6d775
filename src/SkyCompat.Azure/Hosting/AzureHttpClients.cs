namespace SkyCompat.Azure;

/// <summary>The HTTP clients of the clouds of this adapter: <c>SkyCompat.Azure/&lt;cloud&gt;</c>, with what is configured for <c>SkyCompat.Azure</c>.</summary>
internal sealed class AzureHttpClients(IServiceProvider services) : CloudHttpClients(services, AllClouds)
{
    /// <summary>What is configured under this name holds for every cloud.</summary>
    public const string AllClouds = "SkyCompat.Azure";

    public static string NameOf(string cloud) => $"{AllClouds}/{cloud}";
}
