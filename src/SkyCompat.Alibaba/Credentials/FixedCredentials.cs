using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>A key pair that is written down.</summary>
internal sealed class FixedCredentials(S3Credentials credentials) : CredentialPlace
{
    public override Task<CredentialAnswer> LookAsync(bool isNeeded, CancellationToken cancellationToken) => Task.FromResult(CredentialAnswer.Found(credentials));
}
