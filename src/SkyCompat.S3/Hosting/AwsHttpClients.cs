using Amazon.Runtime;

namespace SkyCompat.S3;

/// <summary>Gives the AWS SDK the connections of the cloud instead of its own.</summary>
internal sealed class AwsHttpClients(IHttpClientFactory clients, string name) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var client = clients.CreateClient(name);
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public override string GetConfigUniqueString(IClientConfig clientConfig) => name;
}
