using System.Collections.ObjectModel;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Signs requests in their query, for others to send: with the account key, or with a user delegation key where an Entra ID identity is configured.</summary>
internal sealed class BlobPresigner(AzureClient client, UserDelegationKeys keys)
{
    // Without it the service does not know which kind of blob to make. It cannot be signed, so whoever sends the request must add it.
    private static readonly IReadOnlyDictionary<string, string> PutHeaders =
        new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-ms-blob-type"] = "BlockBlob" });

    public async Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken)
    {
        BlobKeys.Check(key, isNew: true);
        var context = client.Context;
        var now = context.Clock.Now;
        // The signature names whole seconds, so that is what it promises.
        var expires = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) + options.Lifetime;
        UserDelegationKey? user = null;
        if (context.Access.Key is null)
        {
            user = await keys.GetAsync(expires, cancellationToken).ConfigureAwait(false);
            expires = user.ExpiresAt < expires ? user.ExpiresAt : expires;
        }

        var terms = new SasTerms
        {
            Permissions = options.Method switch
            {
                SignedMethod.Put => "cw",
                SignedMethod.Delete => options.VersionId is null ? "d" : "x",
                _ => "r",
            },
            ExpiresAt = expires,
            Container = client.Container!,
            Key = key,
            VersionId = options.VersionId,
            ResponseHeaders = options.ResponseHeaders,
        };
        var query = user is null ? SasSigner.Sign(terms, context.Endpoint, context.Access.Key!) : SasSigner.Sign(terms, context.Endpoint, user);
        var url = AzureEndpoint.CreateUri(context.Endpoint.UrlOf(client.Container!, key, query));
        return new SignedRequest(MethodOf(options.Method), url, expires, RequiredHeaders(options));
    }

    private static IReadOnlyDictionary<string, string>? RequiredHeaders(SignOptions options) => options switch
    {
        { Method: not SignedMethod.Put } => null,
        { ContentType: { } type } => new Dictionary<string, string>(PutHeaders, StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = type },
        _ => PutHeaders,
    };

    private static string MethodOf(SignedMethod method) => method switch
    {
        SignedMethod.Head => HttpMethod.Head.Method,
        SignedMethod.Put => HttpMethod.Put.Method,
        SignedMethod.Delete => HttpMethod.Delete.Method,
        _ => HttpMethod.Get.Method,
    };
}
