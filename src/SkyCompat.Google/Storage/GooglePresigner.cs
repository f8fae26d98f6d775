using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Signs requests in their query, for others to send: with the key of the credentials, or through IAM.</summary>
internal sealed class GooglePresigner(GoogleBucketClient bucket)
{
    public async Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken)
    {
        var signer = await FindSignerAsync(cancellationToken).ConfigureAwait(false);
        var now = bucket.Client.Context.Clock.Now;

        // The signature names whole seconds, so that is what it promises.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var lifetime = signer.LongestLife is { } longest && longest < options.Lifetime ? longest : options.Lifetime;
        var seconds = (long)lifetime.TotalSeconds;
        var unsigned = V4Signer.Prepare(CreateInput(key, options, signer.Email, now, seconds));
        var signature = await signer.SignAsync(Encoding.UTF8.GetBytes(unsigned.StringToSign), cancellationToken).ConfigureAwait(false);
        var required = options is { Method: SignedMethod.Put, ContentType: { } type } ? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = type } : null;
        return new SignedRequest(
            MethodOf(options.Method), GoogleUrl.Create($"{unsigned.Url}&X-Goog-Signature={Convert.ToHexStringLower(signature)}"), now.AddSeconds(seconds), required);
    }

    private async ValueTask<BlobSigner> FindSignerAsync(CancellationToken cancellationToken)
    {
        var context = bucket.Client.Context;
        if (context.SignerEmail is { } configured)
        {
            return await context.Tokens.GetSignerAsync(cancellationToken).ConfigureAwait(false) is { } own && own.Email == configured ? own : new IamBlobSigner(bucket.Client, configured);
        }

        if (await context.Tokens.GetSignerAsync(cancellationToken).ConfigureAwait(false) is { } signer)
        {
            return signer;
        }

        return await context.Tokens.GetEmailAsync(cancellationToken).ConfigureAwait(false) is { } email
            ? new IamBlobSigner(bucket.Client, email)
            : throw new CloudException(
                CloudErrorCode.Unsupported, "These credentials hold no private key and are of no service account, so that nobody is there to sign: set SignerEmail to a service account on which they have the role Service Account Token Creator.")
            {
                Scope = ErrorScope.Cloud,
            };
    }

    private V4Input CreateInput(string key, SignOptions options, string email, DateTimeOffset now, long seconds) => new()
    {
        Method = MethodOf(options.Method),
        Scheme = bucket.Client.Endpoint.Scheme,
        Host = bucket.Client.Endpoint.Authority,
        Path = bucket.SignedPath + UriCharacters.Encode(key, keepSlash: true),
        Query = options.VersionId is { } version ? [new NameValue("generation", version)] : [],
        Headers = options is { Method: SignedMethod.Put, ContentType: { } type } ? [new NameValue("content-type", type)] : [],
        Email = email,
        Instant = now,
        Seconds = seconds,
    };

    private static string MethodOf(SignedMethod method) => method switch
    {
        SignedMethod.Head => "HEAD",
        SignedMethod.Put => "PUT",
        SignedMethod.Delete => "DELETE",
        _ => "GET",
    };
}
