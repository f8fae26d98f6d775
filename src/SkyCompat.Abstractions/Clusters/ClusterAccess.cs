namespace SkyCompat.Clusters;

/// <summary>The way to a cluster's API server.</summary>
/// <param name="server">The address of the API server.</param>
/// <param name="certificateAuthority">The certificates that the server's must descend from, as PEM; null for those that the machine trusts.</param>
/// <param name="credentials">Gives the credential of each request.</param>
public sealed class ClusterAccess(Uri server, string? certificateAuthority, ClusterCredentials credentials)
{
    /// <summary>The address of the API server.</summary>
    public Uri Server { get; } = server;

    /// <summary>The certificates that the server's must descend from, as PEM; null for those that the machine trusts.</summary>
    public string? CertificateAuthority { get; } = certificateAuthority;

    /// <summary>The name that the server's certificate must carry; null for the host of <see cref="Server"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>Gives the credential of each request.</summary>
    public ClusterCredentials Credentials { get; } = credentials;

    /// <inheritdoc/>
    public override string ToString() => Server.ToString();
}
