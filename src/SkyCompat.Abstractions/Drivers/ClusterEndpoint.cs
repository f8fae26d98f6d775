namespace SkyCompat.Drivers;

/// <summary>Where a cluster's API server is.</summary>
/// <param name="Server">Its address.</param>
/// <param name="CertificateAuthority">The certificates that its own must descend from, as PEM; null for those that the machine trusts.</param>
/// <param name="ServerName">The name that its certificate must carry; null for the host of the address.</param>
public sealed record ClusterEndpoint(Uri Server, string? CertificateAuthority, string? ServerName = null);
