using System.Globalization;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>The Security Token Service, which gives the credentials of roles.</summary>
internal sealed class StsClient(CredentialHttp http, Uri endpoint, TimeProvider time)
{
    public const string DefaultSessionName = "skycompat";
    private const string Version = "2015-04-01";
    private const string Service = "The Security Token Service";
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
        var request = Acs3Request.Create(endpoint, action, Version, parameters, signer, time.GetUtcNow());
        return CredentialReply.Parse(await http.SendAsync(request, Service, Limit, cancellationToken).ConfigureAwait(false), Service);
    }
}
