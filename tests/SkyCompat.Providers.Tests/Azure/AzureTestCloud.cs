using System.Buffers;
using System.Net;
using System.Text;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Azure;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Azure;

/// <summary>A driver with its services, as <c>AddAzure()</c> makes it.</summary>
internal sealed class AzureTestCloud : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<string> _containers = [];

    private AzureTestCloud(ServiceProvider services, AzureStorageDriver storage)
    {
        _services = services;
        Storage = storage;
    }

    public AzureStorageDriver Storage { get; }

    /// <summary>A cloud whose requests do not leave the process.</summary>
    public static AzureTestCloud Create(
        Func<HttpRequestMessage, HttpResponseMessage> reply, TimeProvider? time = null, Action<AzureOptions>? configure = null, TokenCredential? identity = null) => Create(
        time,
        options =>
        {
            options.AccountName = "acmemedia";
            options.AccountKey = identity is null ? Azurite.AccountKey : null;
            configure?.Invoke(options);
        },
        services => services.AddHttpClient("SkyCompat.Azure").ConfigurePrimaryHttpMessageHandler(() => new StubHandler(reply)),
        identity);

    /// <summary>A cloud over Azurite.</summary>
    public static AzureTestCloud OverAzurite(TimeProvider? time = null, Action<AzureOptions>? configure = null) => Create(
        time,
        options =>
        {
            options.BlobServiceUri = Azurite.Endpoint.AbsoluteUri;
            options.AccountKey = Azurite.AccountKey;
            configure?.Invoke(options);
        });

    /// <summary>A cloud over Azurite's https endpoint, which takes tokens.</summary>
    public static AzureTestCloud OverAzuriteWithTokens(TokenCredential identity) => Create(
        time: null,
        options => options.BlobServiceUri = Azurite.SecureEndpoint.AbsoluteUri,
        services => services.AddHttpClient("SkyCompat.Azure").ConfigurePrimaryHttpMessageHandler(Azurite.CreateTrustingHandler),
        identity);

    public static UploadBody Body(params byte[] bytes) => new(new ReadOnlySequence<byte>(bytes));

    public static HttpResponseMessage Reply(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    /// <summary>A refusal as the service writes it.</summary>
    public static HttpResponseMessage Refusal(int status, string code, string? detail = null, params (string Name, string Value)[] headers) => Reply(
        status,
        $"\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>What the service says.\nRequestId:REQ1\nTime:2026-05-01T12:00:00.0000000Z</Message>" +
        $"{(detail is null ? "" : $"<AuthenticationErrorDetail>{detail}</AuthenticationErrorDetail>")}</Error>",
        [("x-ms-error-code", code), ("x-ms-request-id", "REQ1"), .. headers]);

    /// <summary>A new container, deleted with the cloud.</summary>
    public async Task<BucketDriver> CreateContainerAsync()
    {
        var name = $"skyc-{Guid.NewGuid():N}"[..20];
        await Storage.CreateBucketAsync(name, new CreateBucketOptions(), default);
        _containers.Add(name);
        return Storage.OpenBucket(name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _containers)
        {
            await ((BlobServiceClient)Storage.GetService(typeof(BlobServiceClient))!).GetBlobContainerClient(name).DeleteIfExistsAsync();
        }

        await Storage.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static AzureTestCloud Create(TimeProvider? time, Action<AzureOptions> configure, Action<IServiceCollection>? configureServices = null, TokenCredential? identity = null)
    {
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        if (identity is not null)
        {
            services.AddKeyedSingleton("test", identity);
        }

        new Builder(services).AddAzure();
        configureServices?.Invoke(services);
        var options = new AzureOptions();
        configure(options);
        var provider = services.BuildServiceProvider();
        return new AzureTestCloud(provider, (AzureStorageDriver)AzureStorageFactory.Create("test", options, region: null, provider));
    }

    private sealed class Builder(IServiceCollection services) : ISkyCompatBuilder
    {
        public IServiceCollection Services => services;
    }

    private sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> reply) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                await request.Content.LoadIntoBufferAsync(cancellationToken);
            }

            var response = reply(request);
            response.RequestMessage = request;
            return response;
        }
    }
}
