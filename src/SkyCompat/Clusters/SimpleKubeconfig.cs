using System.Text;
using SkyCompat.Drivers;

namespace SkyCompat.Clusters;

/// <summary>Reads the few lines that matter of a kubeconfig that a cloud made: it has one cluster and one user, each value on a line of its own.</summary>
internal static class SimpleKubeconfig
{
    public static ClusterEndpoint Endpoint(string text) => Value(text, "server") is { } server && Uri.TryCreate(server, UriKind.Absolute, out var uri)
        ? new ClusterEndpoint(uri, Decode(text, "certificate-authority-data"))
        : throw Strange();

    /// <summary>The client certificate and its key; null if it has none.</summary>
    public static (string Certificate, string Key)? Certificate(string text) =>
        Decode(text, "client-certificate-data") is { } certificate && Decode(text, "client-key-data") is { } key ? (certificate, key) : null;

    /// <summary>The error of a kubeconfig that is not of this kind.</summary>
    public static CloudException Strange() => new(CloudErrorCode.Unknown, "The cloud gave a kubeconfig that this library cannot read.");

    private static string? Decode(string text, string key) => Value(text, key) is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : null;

    private static string? Value(string text, string key)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim().TrimStart("- ");
            if (trimmed.StartsWith(key, StringComparison.Ordinal) && trimmed[key.Length..].TrimStart() is [':', .. var value])
            {
                return value.Trim().Trim("\"'").ToString();
            }
        }

        return null;
    }
}
