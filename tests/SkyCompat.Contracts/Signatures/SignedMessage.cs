using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Contracts.Signatures;

/// <summary>A request as its signature covers it.</summary>
public sealed class SignedMessage
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path as sent.</summary>
    public required string Path { get; init; }

    /// <summary>The query, decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The query as sent, without its question mark; null where only <see cref="Query"/> is known.</summary>
    public string? QueryText { get; init; }

    /// <summary>The headers, with <c>Host</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The bucket, where the host names it and not the path; empty otherwise.</summary>
    public string BucketOfHost { get; init; } = "";

    /// <summary>The body if it is known.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Takes the parts of a request that a signature can cover.</summary>
    /// <param name="request">The request.</param>
    /// <param name="seen">The same as the checks see it, with its body if that is a document.</param>
    public static SignedMessage From(HttpRequestMessage request, ContractRequest seen)
    {
        var uri = request.RequestUri!;
        var whole = uri.PathAndQuery;
        var question = whole.IndexOf('?', StringComparison.Ordinal);
        var headers = new List<KeyValuePair<string, string>>(seen.Headers);
        if (headers.TrueForAll(header => !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new("Host", request.Headers.Host ?? uri.Authority));
        }

        var path = question < 0 ? whole : whole[..question];
        return new SignedMessage
        {
            Method = request.Method.Method,
            Path = path,
            Query = question < 0 ? [] : ContractRequest.ParsePairs(whole[question..]),
            QueryText = question < 0 ? "" : whole[(question + 1)..],
            Headers = headers,
            BucketOfHost = seen.Path.Length > path.Length && seen.Path.EndsWith(path, StringComparison.Ordinal) ? seen.Path[1..^path.Length] : "",
            Body = request.Content is null ? ReadOnlyMemory<byte>.Empty : seen.Body,
        };
    }

    /// <summary>A header's value, trimmed; null if it is not there.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.Trim();

    /// <summary>A query value; null if it is not there.</summary>
    public string? QueryValue(string name) => Query.FirstOrDefault(pair => pair.Key == name).Value;

    /// <summary>The SHA-256 of the body in lower-case hexadecimal; null if the body is not known.</summary>
    public string? BodyHash() => Body is { } body ? Convert.ToHexStringLower(SHA256.HashData(body.Span)) : null;

    /// <summary>Percent-encodes all but letters, digits and <c>-._~</c>, and slashes if they are to stay.</summary>
    public static string Encode(string text, bool keepsSlash = false)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)octet;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' || (keepsSlash && c == '/'))
            {
                encoded.Append(c);
            }
            else
            {
                encoded.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Decodes and encodes again, so that whatever a client left bare is as the rules want it.</summary>
    public static string Normalize(string path) => string.Join('/', path.Split('/').Select(segment => Encode(Uri.UnescapeDataString(segment))));

    /// <summary>Splits <c>Algorithm A=1, B=2</c> into its named values; null if the algorithm is another.</summary>
    public static Dictionary<string, string>? Authorization(string? header, string algorithm)
    {
        if (header is null || !header.StartsWith(algorithm + " ", StringComparison.Ordinal))
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[algorithm.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values[part[..equals]] = part[(equals + 1)..];
            }
        }

        return values;
    }

    /// <summary>Compares without telling by its time how much was right.</summary>
    internal static bool SameText(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    /// <summary>An explanation from which the values of headers that hold tokens are gone.</summary>
    internal static string Explain(string canonical) => "\n" + string.Join('\n', canonical.Split('\n').Select(line =>
        line.Contains("token", StringComparison.OrdinalIgnoreCase) && line.Contains(':', StringComparison.Ordinal) ? line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)] + "(token)" : line));
}
