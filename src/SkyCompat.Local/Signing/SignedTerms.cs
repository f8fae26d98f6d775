using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>What a signed request allows. Everything here is in the URL and under the signature.</summary>
internal sealed record SignedTerms
{
    public required string Method { get; init; }

    public required string Bucket { get; init; }

    public required string Key { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public required long Expires { get; init; }

    public string? VersionId { get; init; }

    /// <summary>What a PUT must send; null leaves it free.</summary>
    public string? ContentType { get; init; }

    /// <summary>Headers of the reply in place of the stored ones; a member that is null, or the default content type, keeps what is stored.</summary>
    public ContentHeaders? ResponseHeaders { get; init; }
}
