namespace SkyCompat.Local;

/// <summary>An HTTP request as <see cref="SignedRequestHandler"/> takes it, from any web server.</summary>
public sealed class SignedHttpRequest
{
    /// <summary>Describes a request.</summary>
    /// <param name="method">The HTTP method, such as <c>GET</c>.</param>
    /// <param name="query">The query of the URL as it was received, not decoded, with or without the leading question mark.</param>
    /// <param name="headers">The headers; names in any case.</param>
    /// <param name="body">The body; <see cref="Stream.Null"/> for none. Read once, forward; not closed.</param>
    public SignedHttpRequest(string method, string query, IReadOnlyDictionary<string, string> headers, Stream body)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(body);
        Method = method;
        Query = query;
        Headers = headers;
        Body = body;
    }

    /// <summary>The HTTP method, such as <c>GET</c>.</summary>
    public string Method { get; }

    /// <summary>The query of the URL, not decoded.</summary>
    public string Query { get; }

    /// <summary>The headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body.</summary>
    public Stream Body { get; }

    internal string? Header(string name)
    {
        foreach (var (key, value) in Headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}
