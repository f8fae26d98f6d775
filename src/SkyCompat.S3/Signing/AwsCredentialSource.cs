using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace SkyCompat.S3;

/// <summary>The default credential chain of the AWS SDK, which looks for credentials at first use, caches and refreshes them.</summary>
internal sealed class AwsCredentialSource : S3CredentialSource
{
    private AWSCredentials? _chain;
    private volatile Snapshot? _snapshot;

    public override async ValueTask<S3Credentials> GetAsync(CancellationToken cancellationToken)
    {
        AWSCredentials chain;
        ImmutableCredentials keys;
        try
        {
            chain = _chain ??= await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(new AmazonS3Config()).WaitAsync(cancellationToken).ConfigureAwait(false);
            keys = await chain.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AmazonClientException or HttpRequestException or IOException or InvalidOperationException)
        {
            throw new CloudException(
                CloudErrorCode.Unauthenticated,
                "No credentials: none are configured, and the AWS default chain (environment, shared profile, web identity, container, instance) found none. Set AccessKeyId and SecretAccessKey, or make one of these.",
                exception)
            {
                Scope = ErrorScope.Cloud,
            };
        }

        var snapshot = _snapshot;
        if (snapshot is null || !ReferenceEquals(snapshot.Keys, keys))
        {
            DateTimeOffset? expires = chain.Expiration is { } end ? new DateTimeOffset(end.ToUniversalTime()) : null;
            _snapshot = snapshot = new Snapshot(keys, new S3Credentials(keys.AccessKey, keys.SecretKey, string.IsNullOrEmpty(keys.Token) ? null : keys.Token, expires));
        }

        return snapshot.Credentials;
    }

    private sealed record Snapshot(ImmutableCredentials Keys, S3Credentials Credentials);
}
