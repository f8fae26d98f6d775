namespace SkyCompat.Local;

/// <summary>An HTTP reply of <see cref="SignedRequestHandler"/>, to be written to any web server. Dispose it when it is written.</summary>
public sealed class SignedHttpResponse : IAsyncDisposable
{
    internal SignedHttpResponse(int statusCode, IReadOnlyDictionary<string, string> headers, Stream? body = null)
    {
        StatusCode = statusCode;
        Headers = headers;
        Body = body ?? Stream.Null;
    }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>The headers, <c>Content-Length</c> and <c>Content-Type</c> among them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body; empty for HEAD. Read once, forward.</summary>
    public Stream Body { get; }

    /// <summary>Closes the body.</summary>
    /// <returns>A task that ends when it is closed.</returns>
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
