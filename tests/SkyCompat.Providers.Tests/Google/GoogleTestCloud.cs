using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;
using SkyCompat.Google;
using SkyCompat.Hosting;

namespace SkyCompat.Providers.Tests.Google;

/// <summary>A driver as <c>AddGoogle()</c> makes it, whose requests do not leave the process.</summary>
internal sealed class GoogleTestCloud : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private GoogleTestCloud(ServiceProvider services, StorageDriver storage, ConcurrentQueue<SentRequest> sent)
    {
        _services = services;
        Storage = storage;
        Sent = sent;
        Bucket = storage.OpenBucket("bucket");
    }

    public StorageDriver Storage { get; }

    public BucketDriver Bucket { get; }

    /// <summary>What was sent, in order.</summary>
    public ConcurrentQueue<SentRequest> Sent { get; }

    /// <summary>Makes one; without other settings its access token is <c>token</c>.</summary>
    public static GoogleTestCloud Create(Func<SentRequest, HttpResponseMessage> reply, Action<GoogleOptions>? configure = null, TimeProvider? time = null)
    {
        var sent = new ConcurrentQueue<SentRequest>();
        var services = new ServiceCollection();
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        new Builder(services).AddGoogle();
        services.AddHttpClient("SkyCompat.Google").ConfigurePrimaryHttpMessageHandler(() => new StubHandler(sent, reply));
        services.Configure<GoogleOptions>("test", options =>
        {
            options.AccessToken = "token";
            configure?.Invoke(options);
        });
        var provider = services.BuildServiceProvider();
        var cloud = new CloudConfiguration("test", "SkyCompat:Clouds:test", null, null);
        var factory = provider.GetRequiredService<CloudProviderFactory>();
        factory.Validate(cloud, provider).ShouldBeEmpty();
        return new GoogleTestCloud(provider, factory.Create(cloud, provider).Storage!, sent);
    }

    /// <summary>Replies to the requests in turn; there must be no more of them.</summary>
    public static GoogleTestCloud Scripted(params Func<SentRequest, HttpResponseMessage>[] replies)
    {
        var next = -1;
        return Create(request => replies[Interlocked.Increment(ref next)](request));
    }

    public static UploadBody Body(byte[] bytes) => new(new ReadOnlySequence<byte>(bytes));

    public static HttpResponseMessage Reply(int status, string body = "", string type = "application/json", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var (name, value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.Remove(name);
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    /// <summary>An error of the JSON API.</summary>
    public static HttpResponseMessage Error(int status, string reason, string message = "It failed.") =>
        Reply(status, $$"""{"error":{"code":{{status}},"message":{{System.Text.Json.JsonSerializer.Serialize(message)}},"errors":[{"message":"m","domain":"global","reason":"{{reason}}"}] } }""");

    /// <summary>An error of the XML API.</summary>
    public static HttpResponseMessage XmlError(int status, string code, string message = "It failed.") =>
        Reply(status, $"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code><Message>{message}</Message></Error>", "application/xml");

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        await _services.DisposeAsync();
    }

    private sealed class Builder(IServiceCollection services) : ISkyCompatBuilder
    {
        public IServiceCollection Services => services;
    }

    private sealed class StubHandler(ConcurrentQueue<SentRequest> sent, Func<SentRequest, HttpResponseMessage> reply) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var seen = new SentRequest(request, request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken));
            sent.Enqueue(seen);
            var response = reply(seen);
            response.RequestMessage = request;
            return response;
        }
    }
}

/// <summary>A request as it would have been sent.</summary>
internal sealed class SentRequest(HttpRequestMessage message, byte[] body)
{
    public string Method { get; } = message.Method.Method;

    public string Url { get; } = message.RequestUri!.OriginalString;

    public byte[] Body { get; } = body;

    public string Text => Encoding.UTF8.GetString(Body);

    private Dictionary<string, string> Headers { get; } = message.Headers.NonValidated.Concat(message.Content?.Headers.NonValidated ?? default)
        .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
