using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>Signs requests in their query, for others to send.</summary>
internal sealed class S3Presigner(S3BucketClient client)
{
    public async Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken)
    {
        var context = client.Context;
        var credentials = await context.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        var now = context.Clock.Now;
        // The signature names whole seconds, so that is what it promises.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var expires = now + options.Lifetime;
        var seconds = (long)options.Lifetime.TotalSeconds;
        if (credentials.ExpiresAt is { } end && end < expires)
        {
            expires = end;
            seconds = Math.Max(1, (long)(end - now).TotalSeconds);
        }

        return Sign(key, options, credentials, now, seconds, expires);
    }

    private SignedRequest Sign(string key, SignOptions options, S3Credentials credentials, DateTimeOffset now, long seconds, DateTimeOffset expires)
    {
        var address = client.Address;
        var signer = client.Context.Signer;
        var stamp = signer.FormatStamp(now);
        var request = new S3Request(MethodOf(options.Method), key);
        Dictionary<string, string>? required = null;
        request.AddHeader("host", address.Host);
        if (options.Method == SignedMethod.Put && options.ContentType is { } type)
        {
            request.AddHeader("content-type", type);
            required = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = type };
        }

        request.Sort();
        signer.AddQuery(request, credentials, address.Region, stamp, seconds);
        AddParameters(request, options);
        request.Sort();

        var url = new TextBuilder(stackalloc char[1024]);
        try
        {
            S3Url.Append(ref url, address, key);
            var path = address.Origin.Length..url.Length;
            var query = (url.Length + 1)..;
            S3Url.AppendQuery(ref url, request.Query, client.Context.Dialect.WritesEmptyValues);
            Span<char> signature = stackalloc char[S3Signer.SignatureLength];
            signer.Sign(
                credentials,
                new SigningInput
                {
                    Method = request.Method.Method,
                    PathPrefix = address.SignedPrefix,
                    Path = url.Written[path],
                    Query = url.Written[query],
                    Headers = request.Headers,
                    Payload = S3Signer.UnsignedPayload,
                    Region = address.Region,
                    Stamp = stamp,
                },
                signature);
            url.Append('&');
            url.Append(signer.SignatureParameter);
            url.Append('=');
            url.Append(signature);
            request.Release();
            return new SignedRequest(request.Method.Method, S3Url.Create(url.ToString()), expires, required);
        }
        finally
        {
            url.Dispose();
        }
    }

    private static void AddParameters(S3Request request, SignOptions options)
    {
        if (options.VersionId is { } version)
        {
            request.AddQuery("versionId", version);
        }

        if (options.ResponseHeaders is { } headers)
        {
            AddOverride(request, "response-content-type", headers.ContentType);
            AddOverride(request, "response-cache-control", headers.CacheControl);
            AddOverride(request, "response-content-disposition", headers.ContentDisposition);
            AddOverride(request, "response-content-encoding", headers.ContentEncoding);
            AddOverride(request, "response-content-language", headers.ContentLanguage);
        }
    }

    private static void AddOverride(S3Request request, string name, string? value)
    {
        if (value is not null)
        {
            request.AddQuery(name, value);
        }
    }

    private static HttpMethod MethodOf(SignedMethod method) => method switch
    {
        SignedMethod.Head => HttpMethod.Head,
        SignedMethod.Put => HttpMethod.Put,
        SignedMethod.Delete => HttpMethod.Delete,
        _ => HttpMethod.Get,
    };
}
