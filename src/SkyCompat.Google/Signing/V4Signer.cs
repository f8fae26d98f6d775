using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Google;

/// <summary>V4 signed URLs of Cloud Storage with an RSA key (GOOG4-RSA-SHA256), checked against Google's published vectors.</summary>
internal static class V4Signer
{
    public const string Algorithm = "GOOG4-RSA-SHA256";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    private const string PayloadHeader = "x-goog-content-sha256";

    /// <summary>Writes down what is to be signed.</summary>
    /// <param name="input">The request.</param>
    /// <returns>The URL without its signature, and the texts that the signature covers.</returns>
    public static V4Unsigned Prepare(V4Input input)
    {
        var headers = Canonicalize(input.Host, input.Headers);
        var names = string.Join(';', headers.Select(header => header.Name));
        var stamp = input.Instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{stamp[..8]}/auto/storage/goog4_request";
        List<NameValue> parameters =
        [
            .. input.Query.Select(parameter => new NameValue(UriCharacters.Encode(parameter.Name, keepSlash: false), UriCharacters.Encode(parameter.Value, keepSlash: false))),
            new("X-Goog-Algorithm", Algorithm),
            new("X-Goog-Credential", UriCharacters.Encode($"{input.Email}/{scope}", keepSlash: false)),
            new("X-Goog-Date", stamp),
            new("X-Goog-Expires", input.Seconds.ToString(CultureInfo.InvariantCulture)),
            new("X-Goog-SignedHeaders", UriCharacters.Encode(names, keepSlash: false)),
        ];
        parameters.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        var query = string.Join('&', parameters.Select(parameter => $"{parameter.Name}={parameter.Value}"));

        var canonical = new StringBuilder(input.Method).Append('\n').Append(input.Path).Append('\n').Append(query).Append('\n');
        foreach (var (name, value) in headers)
        {
            canonical.Append(name).Append(':').Append(value).Append('\n');
        }

        var payload = headers.FirstOrDefault(header => header.Name == PayloadHeader).Value ?? UnsignedPayload;
        canonical.Append('\n').Append(names).Append('\n').Append(payload);
        var request = canonical.ToString();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
        return new V4Unsigned($"{input.Scheme}://{input.Host}{input.Path}?{query}", request, $"{Algorithm}\n{stamp}\n{scope}\n{hash}");
    }

    private static List<NameValue> Canonicalize(string host, IReadOnlyList<NameValue> headers)
    {
        List<NameValue> canonical = [new NameValue("host", WithoutPort(host)), .. headers.Select(header => new NameValue(header.Name.ToLowerInvariant(), Fold(header.Value)))];
        canonical.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return canonical;
    }

    /// <summary>The signature covers the name alone, also where requests go to a port of their own, as the vectors for such have it.</summary>
    private static string WithoutPort(string host) => host.LastIndexOf(':') is var colon and > 0 && colon > host.LastIndexOf(']') ? host[..colon] : host;

    /// <summary>A header value trimmed, with each run of white space as one space.</summary>
    private static string Fold(string value) => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
