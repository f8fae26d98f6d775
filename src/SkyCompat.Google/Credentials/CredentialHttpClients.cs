using Google.Apis.Http;

namespace SkyCompat.Google;

/// <summary>Gives the credentials of Google's library the connections of the cloud instead of their own, and takes their retries away: the engine's is the only layer that retries.</summary>
internal sealed class CredentialHttpClients(IHttpMessageHandlerFactory handlers, string name) : global::Google.Apis.Http.IHttpClientFactory
{
    public ConfigurableHttpClient CreateHttpClient(CreateHttpClientArgs args)
    {
        var client = new ConfigurableHttpClient(new ConfigurableMessageHandler(handlers.CreateHandler(name)) { ApplicationName = args.ApplicationName });
        foreach (var initializer in args.Initializers)
        {
            initializer.Initialize(client);
        }

        client.MessageHandler.NumTries = 1;
        return client;
    }
}
