namespace SkyCompat.ObjectStorage;

/// <summary>What a signed request may do, and for how long.</summary>
public sealed record SignOptions
{
    /// <summary>What it does.</summary>
    /// <value>Default: <see cref="SignedMethod.Get"/>.</value>
    public SignedMethod Method { get; init; }

    /// <summary>How long it is good for, from 1 second to <see cref="BucketCapabilities.MaxSignedLifetime"/>.</summary>
    /// <value>Default: 15 minutes.</value>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The content type that a PUT must send; null leaves it free.</summary>
    public string? ContentType { get; init; }

    /// <summary>A version to read or delete; null for the current one.</summary>
    public string? VersionId { get; init; }

    /// <summary>Headers that the reply to a GET carries instead of the stored ones; null for the stored ones. Needs <see cref="BucketFeatures.SignedResponseHeaders"/>.</summary>
    public ContentHeaders? ResponseHeaders { get; init; }
}
