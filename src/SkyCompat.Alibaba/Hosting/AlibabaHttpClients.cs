namespace SkyCompat.Alibaba;

/// <summary>The HTTP clients of clouds of provider <c>Alibaba</c>: <c>SkyCompat.Alibaba/&lt;cloud&gt;</c>, with what is configured for <c>SkyCompat.Alibaba</c>.</summary>
internal sealed class AlibabaHttpClients(IServiceProvider services) : CloudHttpClients(services, Name)
{
    /// <summary>What is configured under this name holds for every cloud.</summary>
    public const string Name = "SkyCompat.Alibaba";

    /// <summary>What fetches credentials, for all clouds.</summary>
    public const string Credentials = "SkyCompat.Alibaba.Credentials";
}
