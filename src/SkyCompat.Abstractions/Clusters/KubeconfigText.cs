using System.Text;
using System.Text.Json;

namespace SkyCompat.Clusters;

/// <summary>Writes kubeconfigs: YAML whose texts are spelled as JSON spells them, which YAML takes.</summary>
internal static class KubeconfigText
{
    public static string Write(string name, ClusterAccess access, ClusterCredential credential)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: Config\n");
        text.Append("current-context: ").Append(Quote(name)).Append('\n');
        text.Append("contexts:\n- name: ").Append(Quote(name)).Append("\n  context:\n    cluster: ").Append(Quote(name)).Append("\n    user: ").Append(Quote(name)).Append('\n');
        text.Append("clusters:\n- name: ").Append(Quote(name)).Append("\n  cluster:\n    server: ").Append(Quote(access.Server.ToString().TrimEnd('/'))).Append('\n');
        Add(text, "certificate-authority-data", access.CertificateAuthority is { } authority ? Encode(authority) : null);
        Add(text, "tls-server-name", access.ServerName);
        text.Append("users:\n- name: ").Append(Quote(name)).Append("\n  user:");
        if (credential is { BearerToken: null, ClientCertificate: null })
        {
            text.Append(" {}\n");
            return text.ToString();
        }

        text.Append('\n');
        Add(text, "token", credential.BearerToken);
        Add(text, "client-certificate-data", credential.ClientCertificate is { } certificate ? Encode(certificate) : null);
        Add(text, "client-key-data", credential.ClientKey is { } key ? Encode(key) : null);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append("    ").Append(key).Append(": ").Append(Quote(value)).Append('\n');
        }
    }

    private static string Encode(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    private static string Quote(string value) => JsonSerializer.Serialize(value, KubeconfigJson.Default.String);
}
