namespace SkyCompat.Kubernetes;

/// <summary>The credential of a kubeconfig's user. Its text form shows no secret.</summary>
internal sealed class KubeconfigUser(string? token, string? tokenFile, string? certificate, string? key)
{
    public string? Token { get; } = token;

    /// <summary>A file that others renew; it is read again for each new credential.</summary>
    public string? TokenFile { get; } = tokenFile;

    public string? Certificate { get; } = certificate;

    public string? Key { get; } = key;
}
