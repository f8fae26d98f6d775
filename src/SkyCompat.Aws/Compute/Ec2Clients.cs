using System.Collections.Concurrent;
using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using SkyCompat.S3;

namespace SkyCompat.Aws;

/// <summary>The clients of EC2, one for each region; the SDK's own retries are off, as the engine retries.</summary>
/// <param name="region">The cloud's own region.</param>
/// <param name="endpoint">An endpoint that serves all regions; null for each region's own.</param>
/// <param name="credentials">The credentials.</param>
/// <param name="http">The connections.</param>
internal sealed class Ec2Clients(string region, string? endpoint, SdkCredentials credentials, HttpClientFactory http) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<AmazonEC2Client>> _clients = new(StringComparer.Ordinal);

    public string Region => region;

    /// <summary>The client of a region, once there are credentials.</summary>
    public async ValueTask<IAmazonEC2> OpenAsync(string place, CancellationToken cancellationToken)
    {
        await credentials.FetchAsync(cancellationToken).ConfigureAwait(false);
        return Of(place);
    }

    public IAmazonEC2 Of(string place) => _clients.GetOrAdd(place, key => new Lazy<AmazonEC2Client>(() => Create(key))).Value;

    /// <summary>Host and port.</summary>
    public string AuthorityOf(string place) =>
        endpoint is null ? $"ec2.{place}.{RegionEndpoint.GetBySystemName(place).PartitionDnsSuffix}" : new Uri(endpoint).Authority;

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            if (client.IsValueCreated)
            {
                client.Value.Dispose();
            }
        }
    }

    private AmazonEC2Client Create(string place)
    {
        var config = new AmazonEC2Config { MaxErrorRetry = 0, HttpClientFactory = http };
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(place);
        }
        else
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = place;
        }

        return new AmazonEC2Client(credentials, config);
    }
}
