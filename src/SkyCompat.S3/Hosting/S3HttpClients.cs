namespace SkyCompat.S3;

/// <summary>The HTTP clients of the clouds of this adapter: <c>SkyCompat.S3/&lt;cloud&gt;</c>, with what is configured for <c>SkyCompat.S3</c>.</summary>
internal sealed class S3HttpClients(IServiceProvider services) : CloudHttpClients(services, AllClouds)
{
    /// <summary>What is configured under this name holds for every cloud.</summary>
    public const string AllClouds = "SkyCompat.S3";

    public static string NameOf(string cloud) => $"{AllClouds}/{cloud}";
}
