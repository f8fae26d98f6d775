using System.Collections.ObjectModel;

namespace SkyCompat.ObjectStorage;

/// <summary>A request that anyone who holds it can send, with any HTTP client, until it expires. Treat it as a secret.</summary>
public sealed class SignedRequest
{
    /// <summary>Creates a signed request.</summary>
    /// <param name="method">The HTTP method, such as <c>GET</c>.</param>
    /// <param name="url">The URL, signature included.</param>
    /// <param name="expiresAt">When it stops working, UTC.</param>
    /// <param name="requiredHeaders">Headers that must be sent exactly so; null for none.</param>
    public SignedRequest(string method, Uri url, DateTimeOffset expiresAt, IReadOnlyDictionary<string, string>? requiredHeaders = null)
    {
        Method = method;
        Url = url;
        ExpiresAt = expiresAt;
        RequiredHeaders = requiredHeaders ?? ReadOnlyDictionary<string, string>.Empty;
    }

    /// <summary>The HTTP method, such as <c>GET</c>.</summary>
    public string Method { get; }

    /// <summary>The URL, signature included.</summary>
    public Uri Url { get; }

    /// <summary>Headers that must be sent exactly so, or the provider refuses the request.</summary>
    public IReadOnlyDictionary<string, string> RequiredHeaders { get; }

    /// <summary>When it stops working, UTC: the lifetime asked for, or earlier if the credentials that signed it end before.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Method, host and path without the signature.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => $"{Method} {Url.GetLeftPart(UriPartial.Path)} (signed)";
}
