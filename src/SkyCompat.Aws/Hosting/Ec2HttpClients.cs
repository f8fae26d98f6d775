namespace SkyCompat.Aws;

/// <summary>The HTTP clients for EC2 of clouds of provider <c>Aws</c>: <c>SkyCompat.Aws/&lt;cloud&gt;</c>, with what is configured for <c>SkyCompat.Aws</c>.</summary>
internal sealed class Ec2HttpClients(IServiceProvider services) : CloudHttpClients(services, AllClouds)
{
    /// <summary>What is configured under this name holds for every cloud.</summary>
    public const string AllClouds = "SkyCompat.Aws";

    public static string NameOf(string cloud) => $"{AllClouds}/{cloud}";
}
