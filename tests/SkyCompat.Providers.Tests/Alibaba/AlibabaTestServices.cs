using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;
using SkyCompat.Hosting;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>Services as <c>AddAlibaba()</c> makes them, and drivers from settings in one line: <c>Key=value;Key=value</c>.</summary>
internal static class AlibabaTestServices
{
    public const string Path = "SkyCompat:Clouds:ali";

    public static ServiceProvider Create(Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSkyCompat().AddAlibaba();
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public static IReadOnlyCollection<string> Validate(string settings, string? region)
    {
        using var services = Create();
        return services.GetRequiredService<CloudProviderFactory>().Validate(Cloud(settings, region), services);
    }

    public static StorageDriver CreateStorage(ServiceProvider services, string settings, string region = "cn-hangzhou") =>
        services.GetRequiredService<CloudProviderFactory>().Create(Cloud(settings, region), services).Storage!;

    public static CloudConfiguration Cloud(string settings, string? region)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => KeyValuePair.Create($"{Path}:Alibaba:{pair[..pair.IndexOf('=')]}", (string?)pair[(pair.IndexOf('=') + 1)..]))).Build();
        return new CloudConfiguration("ali", Path, region, configuration.GetSection($"{Path}:Alibaba"));
    }

    public sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> reply) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                await request.Content.CopyToAsync(Stream.Null, cancellationToken);
            }

            var response = reply(request);
            response.RequestMessage = request;
            return response;
        }
    }
}
