namespace SkyCompat.Google;

/// <summary>The HTTP clients of the clouds of this adapter: <c>SkyCompat.Google/&lt;cloud&gt;</c>, with what is configured for <c>SkyCompat.Google</c>.</summary>
internal sealed class GoogleHttpClients(IServiceProvider services) : CloudHttpClients(services, AllClouds)
{
    /// <summary>What is configured under this name holds for every cloud.</summary>
    public const string AllClouds = "SkyCompat.Google";

    /// <summary>What reaches those who give tokens and signatures, through the cloud's own connections.</summary>
    public static CredentialHttpClients CreateForCredentials(IHttpMessageHandlerFactory handlers, string cloud) => new(handlers, $"{AllClouds}/{cloud}");
}
