using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace SkyCompat.S3;

/// <summary>The default credential chain of the AWS SDK, or one profile of its shared files. Looks for credentials at first use, caches and refreshes them.</summary>
/// <param name="profile">The profile; null for the whole chain.</param>
internal sealed class AwsCredentialSource(string? profile = null) : S3CredentialSource
{
    private AWSCredentials? _chain;
    private volatile Snapshot? _snapshot;

    public override async ValueTask<S3Credentials> GetAsync(CancellationToken cancellationToken)
    {
        AWSCredentials chain;
        ImmutableCredentials keys;
        try
        {
            chain = _chain ??= await FindAsync(cancellationToken).ConfigureAwait(false);
            keys = await chain.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AmazonClientException or HttpRequestException or IOException or InvalidOperationException)
        {
            throw Missing(
                profile is null
                    ? "No credentials: none are configured, and the AWS default chain (environment, shared profile, web identity, container, instance) found none. Set AccessKeyId and SecretAccessKey, or make one of these."
                    : $"No credentials: the profile '{profile}' of the AWS shared files gives none. Check it, or set AccessKeyId and SecretAccessKey.",
                exception);
        }

        var snapshot = _snapshot;
        if (snapshot is null || !ReferenceEquals(snapshot.Keys, keys))
        {
            DateTimeOffset? expires = chain.Expiration is { } end ? new DateTimeOffset(end.ToUniversalTime()) : null;
            _snapshot = snapshot = new Snapshot(keys, new S3Credentials(keys.AccessKey, keys.SecretKey, string.IsNullOrEmpty(keys.Token) ? null : keys.Token, expires));
        }

        return snapshot.Credentials;
    }

    private async Task<AWSCredentials> FindAsync(CancellationToken cancellationToken)
    {
        if (profile is null)
        {
            return await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(new AmazonS3Config()).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var found)
            ? found
            : throw Missing($"No credentials: the AWS shared files have no profile '{profile}'. Add it with 'aws configure --profile', or set AccessKeyId and SecretAccessKey.", exception: null);
    }

    private static CloudException Missing(string text, Exception? exception) => new(CloudErrorCode.Unauthenticated, text, exception) { Scope = ErrorScope.Cloud };

    private sealed record Snapshot(ImmutableCredentials Keys, S3Credentials Credentials);
}
