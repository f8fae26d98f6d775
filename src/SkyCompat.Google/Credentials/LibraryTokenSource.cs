using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace SkyCompat.Google;

/// <summary>Credentials of Google's own library, which finds them, makes tokens and refreshes them in time.</summary>
/// <param name="load">Finds the credentials.</param>
/// <param name="clients">Their connections.</param>
/// <param name="clock">The clock of the tokens that are made here.</param>
internal sealed class LibraryTokenSource(Func<CancellationToken, Task<GoogleCredential>> load, CredentialHttpClients clients, ServerClock clock) : GoogleTokenSource
{
    // All that the adapter does, signing through IAM included; what may be done is for the roles of the account to say.
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    // The library refreshes a token minutes before it ends, so asking it for every request would only cost.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private volatile GoogleCredential? _found;
    private volatile GoogleCredential? _scoped;
    private volatile Lease? _lease;

    public override ValueTask<GoogleToken?> GetAsync(CancellationToken cancellationToken) =>
        _lease is { } lease && clock.Now < lease.Until && clock.Now >= lease.Since ? ValueTask.FromResult<GoogleToken?>(lease.Token) : new ValueTask<GoogleToken?>(AskAsync(cancellationToken));

    public override bool Forget(GoogleToken token)
    {
        if (_lease is { } lease && ReferenceEquals(lease.Token, token))
        {
            _lease = null;
            _scoped = null;
        }

        return true;
    }

    public override async ValueTask<string?> GetProjectIdAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken).ConfigureAwait(false)).UnderlyingCredential is ServiceAccountCredential { ProjectId: { Length: > 0 } project } ? project : null;

    public override async ValueTask<BlobSigner?> GetSignerAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken).ConfigureAwait(false)).UnderlyingCredential is ServiceAccountCredential { Key: { } key } account ? new RsaBlobSigner(account.Id, key) : null;

    public override async ValueTask<string?> GetEmailAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return found.UnderlyingCredential switch
            {
                ServiceAccountCredential account => account.Id,
                ImpersonatedCredential impersonated => impersonated.TargetPrincipal,
                ComputeCredential compute => await compute.GetDefaultServiceAccountEmailAsync(cancellationToken).ConfigureAwait(false),
                _ => null,
            };
        }
        catch (Exception exception) when (Explains(exception, cancellationToken))
        {
            throw Translate(exception);
        }
    }

    private async Task<GoogleToken?> AskAsync(CancellationToken cancellationToken)
    {
        var credential = await ScopeAsync(cancellationToken).ConfigureAwait(false);
        string accessToken;
        try
        {
            accessToken = await credential.UnderlyingCredential.GetAccessTokenForRequestAsync(authUri: null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Explains(exception, cancellationToken))
        {
            throw Translate(exception);
        }

        if (string.IsNullOrEmpty(accessToken))
        {
            throw new CloudException(CloudErrorCode.Unauthenticated, "The credentials gave no access token.") { Scope = ErrorScope.Cloud };
        }

        var now = clock.Now;
        var known = _lease;
        var token = known is not null && known.AccessToken == accessToken ? known.Token : new GoogleToken(accessToken);
        _lease = new Lease(accessToken, token, now, now + AskAgainAfter);
        return token;
    }

    private async Task<GoogleCredential> ScopeAsync(CancellationToken cancellationToken)
    {
        if (_scoped is { } known)
        {
            return known;
        }

        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        return _scoped = found.UnderlyingCredential is ServiceAccountCredential { Key: not null, User: null } account
            ? GoogleCredential.FromServiceAccountCredential(WithClock(account))
            : found.CreateScoped(Scope).CreateWithHttpClientFactory(clients);
    }

    /// <summary>A service account signs its tokens itself, by the store's clock and with no request to a token endpoint.</summary>
    private ServiceAccountCredential WithClock(ServiceAccountCredential account) => new(new ServiceAccountCredential.Initializer(account.Id, account.TokenServerUrl)
    {
        Clock = new TokenClock(clock),
        HttpClientFactory = clients,
        Key = account.Key,
        KeyId = account.KeyId,
        ProjectId = account.ProjectId,
        Scopes = [Scope],
        UseJwtAccessWithScopes = true,
    });

    private async Task<GoogleCredential> FindAsync(CancellationToken cancellationToken)
    {
        if (_found is { } known)
        {
            return known;
        }

        try
        {
            // Found twice by callers at the same time does no harm: both find the same.
            return _found = await load(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Explains(exception, cancellationToken))
        {
            throw Translate(exception);
        }
    }

    private static bool Explains(Exception exception, CancellationToken cancellationToken) =>
        exception is TokenResponseException or InvalidOperationException or JsonException or Newtonsoft.Json.JsonException or UnauthorizedAccessException or ArgumentException or FormatException
        || TransportErrors.Explains(exception, cancellationToken);

    private static CloudException Translate(Exception exception) => exception switch
    {
        TokenResponseException refusal => TranslateRefusal(refusal),
        HttpRequestException { StatusCode: { } status } when (int)status is >= 400 and < 500 and not 408 and not 429 => new CloudException(
            CloudErrorCode.Unauthenticated, "The token endpoint refuses to give a token for these credentials.", exception) { Scope = ErrorScope.Cloud },
        HttpRequestException or SocketException or OperationCanceledException => new CloudException(
            CloudErrorCode.Unavailable, "The token endpoint of Google's identity service, or the metadata server of this machine, cannot be reached: check the network and the proxy settings.", exception)
        {
            Scope = ErrorScope.Cloud,
        },
        _ => new CloudException(
            CloudErrorCode.Unauthenticated,
            "No credentials: those that are configured cannot be read or, where none are, application default credentials (GOOGLE_APPLICATION_CREDENTIALS, gcloud, the machine's service account) were not found. " +
            "Set CredentialsFile or CredentialsJson, or make one of these.",
            exception)
        {
            Scope = ErrorScope.Cloud,
        },
    };

    private static CloudException TranslateRefusal(TokenResponseException refusal)
    {
        if (refusal.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            return new CloudException(CloudErrorCode.Unavailable, "The token endpoint is overloaded or failed inside; try again later.", refusal)
            {
                Scope = ErrorScope.Cloud,
                ProviderCode = refusal.Error?.Error,
                StatusCode = (int?)refusal.StatusCode,
            };
        }

        var skewed = refusal.Error?.ErrorDescription?.Contains("timeframe", StringComparison.OrdinalIgnoreCase) == true;
        return new CloudException(
            CloudErrorCode.Unauthenticated,
            skewed
                ? "This machine's clock and Google's differ by more than a token allows: set the clock."
                : "The token endpoint refuses to give a token for these credentials: they are unknown, revoked or expired.",
            refusal)
        {
            Scope = ErrorScope.Cloud,
            Reason = skewed ? ObjectStorage.ObjectStorageErrorReasons.ClockSkew : null,
            ProviderCode = refusal.Error?.Error,
            StatusCode = (int?)refusal.StatusCode,
        };
    }

    private sealed record Lease(string AccessToken, GoogleToken Token, DateTimeOffset Since, DateTimeOffset Until);
}
