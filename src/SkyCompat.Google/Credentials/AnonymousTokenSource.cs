namespace SkyCompat.Google;

/// <summary>No token: public buckets and emulators.</summary>
internal sealed class AnonymousTokenSource : GoogleTokenSource
{
    public override ValueTask<GoogleToken?> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<GoogleToken?>(null);
}
