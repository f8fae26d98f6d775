using System.Security.Cryptography;
using System.Text;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>ACS3-HMAC-SHA256, the signature of Alibaba Cloud's management interfaces. Rare requests, so written for the reader.</summary>
internal static class Acs3Signer
{
    private const string Algorithm = "ACS3-HMAC-SHA256";

    /// <summary>The value of the Authorization header.</summary>
    /// <param name="credentials">The key pair.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The encoded path.</param>
    /// <param name="query">The encoded query, ordered by name.</param>
    /// <param name="headers">The headers to sign, names in lower case and ordered.</param>
    /// <param name="payloadHash">The SHA-256 of the body in lower-case hexadecimal.</param>
    /// <returns>The value.</returns>
    public static string Authorize(S3Credentials credentials, string method, string path, string query, SortedDictionary<string, string> headers, string payloadHash)
    {
        var canonical = new StringBuilder().Append(method).Append('\n').Append(path).Append('\n').Append(query).Append('\n');
        foreach (var (name, value) in headers)
        {
            canonical.Append(name).Append(':').Append(value.Trim()).Append('\n');
        }

        var names = string.Join(';', headers.Keys);
        canonical.Append('\n').Append(names).Append('\n').Append(payloadHash);
        var toSign = $"{Algorithm}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(credentials.SecretAccessKey), Encoding.UTF8.GetBytes(toSign));
        return $"{Algorithm} Credential={credentials.AccessKeyId},SignedHeaders={names},Signature={Convert.ToHexStringLower(signature)}";
    }
}
