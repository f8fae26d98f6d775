using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>
/// Signs the terms of a request with HMAC-SHA-256 and checks such signatures. The terms travel in the query: a path would be normalised on the way
/// (<c>..</c>, <c>//</c>), and keys are verbatim. Signed is the method and the query rebuilt in a fixed order, every value encoded, so that no two sets of terms look alike.
/// </summary>
internal sealed class RequestSigner(byte[] secret)
{
    private const string Signature = "signature";

    public string ToQuery(SignedTerms terms)
    {
        var query = Canonical(terms);
        return query + "&" + Signature + "=" + Base64Url.EncodeToString(Sign(terms.Method, query));
    }

    /// <summary>Reads the terms of a request.</summary>
    /// <returns>Null if it is not signed by this store for this method, or was changed.</returns>
    public SignedTerms? Read(string method, string query)
    {
        var values = Parse(query);
        if (values is null
            || !values.Remove("bucket", out var bucket) || !values.Remove("key", out var key) || !values.Remove("expires", out var expires) || !values.Remove(Signature, out var signature)
            || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var time) || !Base64Url.IsValid(signature))
        {
            return null;
        }

        var terms = new SignedTerms
        {
            Method = method,
            Bucket = bucket,
            Key = key,
            Expires = time,
            VersionId = Take("version"),
            ContentType = Take("content-type"),
            ResponseHeaders = new ContentHeaders
            {
                ContentType = Take("response-content-type") ?? ContentHeaders.DefaultContentType,
                CacheControl = Take("response-cache-control"),
                ContentDisposition = Take("response-content-disposition"),
                ContentEncoding = Take("response-content-encoding"),
                ContentLanguage = Take("response-content-language"),
            },
        };
        return values.Count == 0 && CryptographicOperations.FixedTimeEquals(Sign(method, Canonical(terms)), Base64Url.DecodeFromChars(signature)) ? terms : null;

        string? Take(string name) => values.Remove(name, out var value) ? value : null;
    }

    private static string Canonical(SignedTerms terms)
    {
        var query = new StringBuilder();
        Append("bucket", terms.Bucket);
        Append("key", terms.Key);
        Append("expires", terms.Expires.ToString(CultureInfo.InvariantCulture));
        Append("version", terms.VersionId);
        Append("content-type", terms.ContentType);
        if (terms.ResponseHeaders is { } headers)
        {
            Append("response-content-type", headers.ContentType == ContentHeaders.DefaultContentType ? null : headers.ContentType);
            Append("response-cache-control", headers.CacheControl);
            Append("response-content-disposition", headers.ContentDisposition);
            Append("response-content-encoding", headers.ContentEncoding);
            Append("response-content-language", headers.ContentLanguage);
        }

        return query.ToString();

        void Append(string name, string? value)
        {
            if (value is not null)
            {
                query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Encode(value));
            }
        }
    }

    // A slash may stand in a query as it is, and keys are full of them.
    private static string Encode(string value) => Uri.EscapeDataString(value).Replace("%2F", "/", StringComparison.Ordinal);

    private static Dictionary<string, string>? Parse(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !values.TryAdd(pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..])))
            {
                return null;
            }
        }

        return values;
    }

    private byte[] Sign(string method, string query) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(method + "\n" + query));
}
