using System.Text;

namespace SkyCompat.Contracts;

/// <summary>A request as the checks see it.</summary>
public sealed class ContractRequest
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path as sent, still encoded, with the bucket as its first part where there is one.</summary>
    public required string Path { get; init; }

    /// <summary>The query, decoded, in the order sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body if it is a document; null if there is none or it is not looked at.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Whether there is a body.</summary>
    public bool HasBody { get; init; }

    /// <summary>The media type of the body without its parameters, in lower case; null for none.</summary>
    public string? MediaType => Header("Content-Type") is { } type ? type.Split(';')[0].Trim().ToLowerInvariant() : null;

    /// <summary>A header's value; null if it is not there.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>A query value; null if it is not there.</summary>
    public string? QueryValue(string name)
    {
        foreach (var pair in Query)
        {
            if (pair.Key == name)
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>The body's named values if it is a form, decoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FormValues() =>
        MediaType == "application/x-www-form-urlencoded" && Body is { } body ? ParsePairs(Encoding.UTF8.GetString(body.Span), plusIsSpace: true) : [];

    /// <summary>Splits and decodes <c>a=1&amp;b=2</c>.</summary>
    public static List<KeyValuePair<string, string>> ParsePairs(string text, bool plusIsSpace = false)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var part in text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            pairs.Add(new(Decode(name), Decode(value)));
        }

        return pairs;

        string Decode(string encoded) => Uri.UnescapeDataString(plusIsSpace ? encoded.Replace('+', ' ') : encoded);
    }
}
