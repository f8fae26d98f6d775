namespace SkyCompat.S3;

/// <summary>A key pair to sign with. A class, so that a cached signing key knows by reference whether it is still of the same pair.</summary>
internal sealed class S3Credentials(string accessKeyId, string secretAccessKey, string? sessionToken, DateTimeOffset? expiresAt)
{
    public string AccessKeyId { get; } = accessKeyId;

    public string SecretAccessKey { get; } = secretAccessKey;

    public string? SessionToken { get; } = sessionToken;

    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    public override string ToString() => nameof(S3Credentials);
}
