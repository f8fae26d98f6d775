using System.Globalization;
using System.Text;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>The Security Token Service, which gives the credentials of roles.</summary>
internal sealed class StsClient(CredentialHttp http, Uri endpoint, TimeProvider time)
{
    public const string DefaultSessionName = "skycompat";
    private const string Version = "2015-04-01";
    private const string Service = "The Security Token Service";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Takes on a role by other credentials.</summary>
    public Task<S3Credentials> AssumeRoleAsync(S3Credentials own, string roleArn, string sessionName, string? externalId, int? seconds, CancellationToken cancellationToken)
    {
        var query = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["RoleArn"] = roleArn, ["RoleSessionName"] = sessionName };
        Add(query, "ExternalId", externalId);
        Add(query, "DurationSeconds", seconds?.ToString(CultureInfo.InvariantCulture));
        return SendAsync("AssumeRole", query, own, cancellationToken);
    }

    /// <summary>Takes on a role for which an OIDC token vouches. The token is the proof, so the request is not signed.</summary>
    public Task<S3Credentials> AssumeRoleWithOidcAsync(string roleArn, string providerArn, string token, string sessionName, int? seconds, CancellationToken cancellationToken)
    {
        var query = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["OIDCProviderArn"] = providerArn,
            ["OIDCToken"] = token,
            ["RoleArn"] = roleArn,
            ["RoleSessionName"] = sessionName,
        };
        Add(query, "DurationSeconds", seconds?.ToString(CultureInfo.InvariantCulture));
        return SendAsync("AssumeRoleWithOIDC", query, null, cancellationToken);
    }

    private static void Add(SortedDictionary<string, string> query, string name, string? value)
    {
        if (value is not null)
        {
            query[name] = value;
        }
    }

    private async Task<S3Credentials> SendAsync(string action, SortedDictionary<string, string> parameters, S3Credentials? signer, CancellationToken cancellationToken)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            query.Append(query.Length == 0 ? "" : "&").Append(UriCharacters.Encode(name, keepSlash: false)).Append('=').Append(UriCharacters.Encode(value, keepSlash: false));
        }

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = endpoint.Authority,
            ["x-acs-action"] = action,
            ["x-acs-content-sha256"] = EmptyHash,
            ["x-acs-date"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["x-acs-signature-nonce"] = Guid.NewGuid().ToString("N"),
            ["x-acs-version"] = Version,
        };
        if (signer?.SessionToken is { } token)
        {
            headers["x-acs-security-token"] = token;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, $"{endpoint.GetLeftPart(UriPartial.Authority)}/?{query}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("accept", "application/json");
        if (signer is not null)
        {
            request.Headers.TryAddWithoutValidation("authorization", Acs3Signer.Authorize(signer, "POST", "/", query.ToString(), headers, EmptyHash));
        }

        return CredentialReply.Parse(await http.SendAsync(request, Service, Limit, cancellationToken).ConfigureAwait(false), Service);
    }
}
