using Amazon.EC2;

namespace SkyCompat.Aws;

/// <summary>Sends requests and translates what goes wrong.</summary>
internal sealed class Ec2Calls(Ec2Clients clients)
{
    public string HomeRegion => clients.Region;

    public Ec2Id Parse(string id) => Ec2Id.Parse(id, HomeRegion);

    public string Format(string region, string value) => Ec2Id.Format(region, value, HomeRegion);

    /// <summary>Sends one request.</summary>
    /// <typeparam name="TReply">The reply.</typeparam>
    /// <param name="region">The region.</param>
    /// <param name="intent">What the request does.</param>
    /// <param name="call">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The reply.</returns>
    public async Task<TReply> SendAsync<TReply>(string region, Ec2Intent intent, Func<IAmazonEC2, Task<TReply>> call, CancellationToken cancellationToken)
    {
        var client = await clients.OpenAsync(region, cancellationToken).ConfigureAwait(false);
        try
        {
            return await call(client).ConfigureAwait(false);
        }
        catch (Exception exception) when (Ec2Failure.Explains(exception, cancellationToken))
        {
            throw Ec2Failure.Translate(exception, intent, clients.AuthorityOf(region), isHomeRegion: region == HomeRegion);
        }
    }

    /// <summary>Sends one request whose refusal with one of some codes is no failure.</summary>
    /// <returns>The reply; null if it was refused with one of <paramref name="accepted"/>, where a star at the end stands for any text.</returns>
    public async Task<TReply?> TrySendAsync<TReply>(string region, Ec2Intent intent, Func<IAmazonEC2, Task<TReply>> call, string[] accepted, CancellationToken cancellationToken)
        where TReply : class
    {
        try
        {
            return await SendAsync(region, intent, call, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.ProviderCode is { } code && Array.Exists(accepted, pattern => Matches(code, pattern)))
        {
            return null;
        }
    }

    private static bool Matches(string code, string pattern) =>
        pattern.EndsWith('*') ? code.StartsWith(pattern[..^1], StringComparison.Ordinal) : code == pattern;
}
