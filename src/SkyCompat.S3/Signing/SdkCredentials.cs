using Amazon.Runtime;

namespace SkyCompat.S3;

/// <summary>Gives the clients of the AWS SDK the credentials of a source, so that everything of a cloud is signed by the same.</summary>
internal sealed class SdkCredentials(S3CredentialSource source) : AWSCredentials
{
    public override ImmutableCredentials GetCredentials() => throw new NotSupportedException("Credentials are fetched asynchronously only.");

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var keys = await source.GetAsync(CancellationToken.None).ConfigureAwait(false);
        return new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);
    }
}
