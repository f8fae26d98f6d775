using System.Net;

namespace SkyCompat.Alibaba;

/// <summary>The RAM role of the ECS instance, from the metadata service, always in its hardened mode: a session token is fetched first and sent along, so that a request that somebody tricked
/// this process into sending gets nothing.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="environment">ALIBABA_CLOUD_ECS_METADATA may name the role; ALIBABA_CLOUD_ECS_METADATA_DISABLED=true leaves this out.</param>
/// <param name="role">The role; null to ask for it.</param>
internal sealed class EcsRoleCredentials(CredentialHttp http, ProcessEnvironment environment, string? role = null) : CredentialPlace
{
    private const string Service = "http://100.100.100.200/latest/";
    private const string RolePath = Service + "meta-data/ram/security-credentials/";

    /// <summary>On the same host, so an answer comes at once or never.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public override async Task<CredentialAnswer> LookAsync(bool isNeeded, CancellationToken cancellationToken)
    {
        if (environment.IsSet("ALIBABA_CLOUD_ECS_METADATA_DISABLED"))
        {
            return CredentialAnswer.None("Role of the instance: switched off by ALIBABA_CLOUD_ECS_METADATA_DISABLED.");
        }

        var named = role ?? environment.Get("ALIBABA_CLOUD_ECS_METADATA");
        try
        {
            var token = await http.SendAsync(CreateTokenRequest(), "The metadata service", Limit, cancellationToken).ConfigureAwait(false);
            var name = named ?? (await http.SendAsync(CreateRequest(RolePath, token), "The metadata service", Limit, cancellationToken).ConfigureAwait(false)).Trim();
            var reply = await http.SendAsync(CreateRequest(RolePath + Uri.EscapeDataString(name), token), "The metadata service", Limit, cancellationToken).ConfigureAwait(false);
            return CredentialAnswer.Found(CredentialReply.Parse(reply, "The metadata service"));
        }
        catch (CloudException exception) when (exception.StatusCode == (int)HttpStatusCode.NotFound && named is null)
        {
            return CredentialAnswer.None("Role of the instance: it has none.");
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.Unavailable && exception.StatusCode is null && !isNeeded && named is null)
        {
            return CredentialAnswer.None("Role of the instance: no metadata service answers, so this is no ECS instance.");
        }
    }

    private static HttpRequestMessage CreateTokenRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Service + "api/token");
        request.Headers.TryAddWithoutValidation("X-aliyun-ecs-metadata-token-ttl-seconds", "60");
        return request;
    }

    private static HttpRequestMessage CreateRequest(string url, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("X-aliyun-ecs-metadata-token", token);
        return request;
    }
}
