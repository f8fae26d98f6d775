namespace SkyCompat.S3;

/// <summary>The key pair in configuration.</summary>
internal sealed class StaticCredentialSource(S3Credentials credentials) : S3CredentialSource
{
    public override ValueTask<S3Credentials> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credentials);
}
