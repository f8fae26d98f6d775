namespace SkyCompat.S3;

/// <summary>Where the key pair of a request comes from.</summary>
internal abstract class S3CredentialSource
{
    /// <summary>The key pair that is good now. Refreshing it may send requests.</summary>
    public abstract ValueTask<S3Credentials> GetAsync(CancellationToken cancellationToken);
}
