using System.Collections.Concurrent;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Running;

/// <summary>Signed URLs of the source objects in flight, made when they are needed and made anew before they expire.</summary>
internal sealed class SignedSources(TransferSource source, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, SignedRequest> _urls = new(StringComparer.Ordinal);

    public async Task<SignedRequest> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_urls.TryGetValue(name, out var known) && known.ExpiresAt - time.GetUtcNow() > Margin)
        {
            return known;
        }

        // Signing costs no request on most providers, so parts that ask at the same time may each sign.
        return _urls[name] = await source.Bucket!.SignAsync(source.PathOf(name), new SignOptions { Lifetime = Lifetime }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does not give a URL out again.</summary>
    public void Forget(string name, SignedRequest url) => _urls.TryRemove(new KeyValuePair<string, SignedRequest>(name, url));

    /// <summary>Says that an object is done with.</summary>
    public void Forget(string name) => _urls.TryRemove(name, out _);
}
