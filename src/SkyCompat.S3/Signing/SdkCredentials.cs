using Amazon.Runtime;

namespace SkyCompat.S3;

/// <summary>Gives the clients of the AWS SDK the credentials of a source, so that everything of a cloud is signed by the same.</summary>
internal sealed class SdkCredentials(S3CredentialSource source) : AWSCredentials
{
    /// <summary>Fetches the credentials where they are not there yet, as <see cref="GetCredentials"/> can only block for them.</summary>
    public async ValueTask FetchAsync(CancellationToken cancellationToken) => await source.GetAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The SDK's signer asks for them without waiting.</summary>
    public override ImmutableCredentials GetCredentials() => Map(source.GetAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult());

    public override async Task<ImmutableCredentials> GetCredentialsAsync() => Map(await source.GetAsync(CancellationToken.None).ConfigureAwait(false));

    private static ImmutableCredentials Map(S3Credentials keys) => new(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken);
}
