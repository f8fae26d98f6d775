namespace SkyCompat.S3;

/// <summary>What all buckets of a cloud share.</summary>
internal sealed class S3Context
{
    public required S3Profile Profile { get; init; }

    public required S3Endpoint Endpoint { get; init; }

    public required S3CredentialSource Credentials { get; init; }

    public required ServerClock Clock { get; init; }

    public required HttpMessageInvoker Http { get; init; }

    /// <summary>Whether bodies are signed.</summary>
    public required bool SignsPayload { get; init; }

    public S3Signer Signer { get; init; } = new SigV4Signer();

    public S3Dialect Dialect { get; init; } = S3Dialect.Amazon;
}
