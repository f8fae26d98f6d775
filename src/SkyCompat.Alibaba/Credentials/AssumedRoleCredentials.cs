namespace SkyCompat.Alibaba;

/// <summary>A role that other credentials may take on.</summary>
internal sealed class AssumedRoleCredentials(StsClient sts, CredentialPlace source, string roleArn, string sessionName, string? externalId, int? seconds) : CredentialPlace
{
    public override async Task<CredentialAnswer> LookAsync(bool isNeeded, CancellationToken cancellationToken)
    {
        var answer = await source.LookAsync(isNeeded: true, cancellationToken).ConfigureAwait(false);
        return answer.Credentials is { } own
            ? CredentialAnswer.Found(await sts.AssumeRoleAsync(own, roleArn, sessionName, externalId, seconds, cancellationToken).ConfigureAwait(false))
            : answer;
    }
}
