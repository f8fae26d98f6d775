using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>Makes the requests that Alibaba Cloud's management interfaces take. Those of RPC style are a POST whose parameters stand in the query or, where they are too long for one, in a form.</summary>
internal static class Acs3Request
{
    /// <summary>Gateways refuse URLs of more; user data alone may be 43 KB.</summary>
    private const int MaxQuery = 4 * 1024;

    private const string FormType = "application/x-www-form-urlencoded";
    private const string JsonType = "application/json";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Makes a request of RPC style.</summary>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="action">The operation.</param>
    /// <param name="version">The version of the interface.</param>
    /// <param name="parameters">The parameters, ordered by name.</param>
    /// <param name="signer">Who signs; null for an operation that is not signed.</param>
    /// <param name="now">The time.</param>
    /// <returns>The request.</returns>
    public static HttpRequestMessage Create(Uri endpoint, string action, string version, SortedDictionary<string, string> parameters, S3Credentials? signer, DateTimeOffset now)
    {
        var text = Encode(parameters);
        var isForm = text.Length > MaxQuery;
        var body = isForm ? Encoding.UTF8.GetBytes(text) : null;
        return Create(HttpMethod.Post, endpoint, "/", isForm ? "" : text, action, version, body, FormType, signer, now);
    }

    /// <summary>Makes a request of ROA style: a method, a path and a JSON body, as the interface of clusters has them.</summary>
    /// <param name="method">The method.</param>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="path">The encoded path.</param>
    /// <param name="action">The operation.</param>
    /// <param name="version">The version of the interface.</param>
    /// <param name="parameters">The parameters of the query, ordered by name.</param>
    /// <param name="body">The body as JSON; null for none.</param>
    /// <param name="signer">Who signs.</param>
    /// <param name="now">The time.</param>
    /// <returns>The request.</returns>
    public static HttpRequestMessage CreateRoa(
        HttpMethod method, Uri endpoint, string path, string action, string version, SortedDictionary<string, string> parameters, byte[]? body, S3Credentials signer, DateTimeOffset now) =>
        Create(method, endpoint, path, Encode(parameters), action, version, body, JsonType, signer, now);

    private static HttpRequestMessage Create(
        HttpMethod method, Uri endpoint, string path, string query, string action, string version, byte[]? body, string contentType, S3Credentials? signer, DateTimeOffset now)
    {
        var hash = body is null ? EmptyHash : Convert.ToHexStringLower(SHA256.HashData(body));
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = endpoint.Authority,
            ["x-acs-action"] = action,
            ["x-acs-content-sha256"] = hash,
            ["x-acs-date"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["x-acs-signature-nonce"] = Guid.NewGuid().ToString("N"),
            ["x-acs-version"] = version,
        };
        if (body is not null)
        {
            headers["content-type"] = contentType;
        }

        if (signer?.SessionToken is { } token)
        {
            headers["x-acs-accesskey-id"] = signer.AccessKeyId;
            headers["x-acs-security-token"] = token;
        }

        var request = new HttpRequestMessage(method, $"{endpoint.GetLeftPart(UriPartial.Authority)}{path}{(query.Length == 0 ? "" : "?")}{query}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        }

        foreach (var (name, value) in headers)
        {
            if (name != "content-type")
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        request.Headers.TryAddWithoutValidation("accept", "application/json");
        if (signer is not null)
        {
            request.Headers.TryAddWithoutValidation("authorization", Acs3Signer.Authorize(signer, method.Method, path, query, headers, hash));
        }

        return request;
    }

    private static string Encode(SortedDictionary<string, string> parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(UriCharacters.Encode(name, keepSlash: false)).Append('=').Append(UriCharacters.Encode(value, keepSlash: false));
        }

        return text.ToString();
    }
}
