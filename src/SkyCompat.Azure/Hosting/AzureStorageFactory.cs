using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;
using AzureSasCredential = Azure.AzureSasCredential;

namespace SkyCompat.Azure;

/// <summary>Makes the object storage of a cloud.</summary>
internal static class AzureStorageFactory
{
    public static StorageDriver Create(string cloudName, AzureOptions options, string? region, IServiceProvider services)
    {
        var account = AzureAccount.Of(options);
        var clients = services.GetRequiredService<IHttpClientFactory>();
        var clock = new ServerClock(services.GetService<TimeProvider>() ?? TimeProvider.System);
        var identity = account.Key is null && account.Sas is null
            ? (services as IKeyedServiceProvider)?.GetKeyedService<TokenCredential>(cloudName) ?? AzureCredentials.Create(options, clients)
            : null;
        var context = new AzureContext
        {
            Endpoint = new AzureEndpoint(account.ServiceUri, account.Name),
            Access = new AzureAccess
            {
                Key = account.Key is { } key ? new SharedKeySigner(account.Name, key) : null,
                Sas = account.Sas,
                Tokens = identity is null ? null : new TokenSource(identity, clock, TokenSource.StorageScope),
            },
            Clock = clock,
            Http = services.GetRequiredService<AzureHttpClients>().Create(cloudName, options.MaxConnections, options.ConnectTimeout),
            Options = options,
            Region = region,
        };
        return new AzureStorageDriver(context, () => CreateNative(account, identity, clients.CreateClient(AzureHttpClients.NameOf(cloudName))));
    }

    /// <summary>The SDK's client, over the same connections, its retries, logs and telemetry off.</summary>
    private static BlobServiceClient CreateNative(AzureAccount account, TokenCredential? identity, HttpClient http)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_08_04) { Transport = new HttpClientTransport(http) };
        options.Retry.MaxRetries = 0;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        return account switch
        {
            { Key: { } key } => new BlobServiceClient(account.ServiceUri, new StorageSharedKeyCredential(account.Name, key), options),
            { Sas: { } sas } => new BlobServiceClient(account.ServiceUri, new AzureSasCredential(sas), options),
            _ => new BlobServiceClient(account.ServiceUri, identity, options),
        };
    }
}
