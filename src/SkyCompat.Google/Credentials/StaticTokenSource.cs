namespace SkyCompat.Google;

/// <summary>The access token in configuration, which somebody else made and nobody here can renew.</summary>
internal sealed class StaticTokenSource(string accessToken) : GoogleTokenSource
{
    private readonly GoogleToken _token = new(accessToken);

    public override ValueTask<GoogleToken?> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<GoogleToken?>(_token);
}
