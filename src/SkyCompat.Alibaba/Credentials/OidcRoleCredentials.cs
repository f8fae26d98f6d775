namespace SkyCompat.Alibaba;

/// <summary>A role for which a token of an OIDC provider vouches, as pods in ACK have it (RRSA): the token is in a file, which is read anew each time because it changes.</summary>
internal sealed class OidcRoleCredentials(StsClient sts, string? roleArn, string? providerArn, string? tokenFile, string sessionName, int? seconds) : CredentialPlace
{
    /// <summary>As the environment of a pod says it.</summary>
    public static OidcRoleCredentials Of(ProcessEnvironment environment, StsClient sts) => new(
        sts,
        environment.Get("ALIBABA_CLOUD_ROLE_ARN"),
        environment.Get("ALIBABA_CLOUD_OIDC_PROVIDER_ARN"),
        environment.Get("ALIBABA_CLOUD_OIDC_TOKEN_FILE"),
        environment.Get("ALIBABA_CLOUD_ROLE_SESSION_NAME") ?? StsClient.DefaultSessionName,
        seconds: null);

    public override async Task<CredentialAnswer> LookAsync(bool isNeeded, CancellationToken cancellationToken)
    {
        if (roleArn is null || providerArn is null || tokenFile is null)
        {
            return CredentialAnswer.None("Role by OIDC token: role, provider and token file (ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE) are not all set.");
        }

        string token;
        try
        {
            token = (await File.ReadAllTextAsync(tokenFile, cancellationToken).ConfigureAwait(false)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(CloudErrorCode.Unauthenticated, $"The OIDC token in '{tokenFile}' cannot be read: {exception.Message}", exception) { Scope = ErrorScope.Cloud };
        }

        return CredentialAnswer.Found(await sts.AssumeRoleWithOidcAsync(roleArn, providerArn, token, sessionName, seconds, cancellationToken).ConfigureAwait(false));
    }
}
