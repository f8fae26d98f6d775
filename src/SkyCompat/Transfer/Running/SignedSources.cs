using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Running;

/// <summary>Signed URLs of source objects, made when they are needed and made anew before they expire.</summary>
internal sealed class SignedSources(TransferSource source, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private (string Name, SignedRequest Url)? _last;

    public async Task<SignedRequest> GetAsync(string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_last is { } last && last.Name == name && last.Url.ExpiresAt - time.GetUtcNow() > Margin)
            {
                return last.Url;
            }
        }

        // Signing costs no request on most providers, so parts that ask at the same time may each sign.
        var url = await source.Bucket!.SignAsync(source.PathOf(name), new SignOptions { Lifetime = Lifetime }, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _last = (name, url);
        }

        return url;
    }

    /// <summary>Does not give a URL out again.</summary>
    public void Forget(SignedRequest url)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_last?.Url, url))
            {
                _last = null;
            }
        }
    }
}
