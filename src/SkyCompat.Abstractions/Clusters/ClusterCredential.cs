namespace SkyCompat.Clusters;

/// <summary>What a caller shows to an API server: a bearer token, or a client certificate with its key, or nothing.</summary>
/// <remarks>Its text form shows no secret.</remarks>
public sealed class ClusterCredential
{
    /// <summary>The bearer token; null if there is none.</summary>
    public string? BearerToken { get; init; }

    /// <summary>The client certificate, as PEM; null if there is none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>The key of <see cref="ClientCertificate"/>, as PEM.</summary>
    public string? ClientKey { get; init; }

    /// <summary>When it ends; null if it does not, or that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => BearerToken is not null ? "bearer token" : ClientCertificate is not null ? "client certificate" : "none";
}
