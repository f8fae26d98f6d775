using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Names the source of a copy, in a way in which the service may read it: with a signature of its own, the configured SAS, or a token.</summary>
internal sealed class CopySources(AzureBucketDriver bucket, AzureClient client)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public AzureBucketDriver Bucket { get; } = bucket;

    public async ValueTask AddAsync(AzureRequest request, CopySource source, CancellationToken cancellationToken)
    {
        BlobKeys.Check(source.Key, isNew: false);
        var context = client.Context;
        var query = context.Access.Sas;
        if (context.Access.Key is { } key)
        {
            var terms = new SasTerms
            {
                Permissions = "rt",
                ExpiresAt = context.Clock.Now + Lifetime,
                Container = source.Bucket.Name,
                Key = source.Key,
                VersionId = source.VersionId,
            };
            query = SasSigner.Sign(terms, context.Endpoint, key);
        }
        else
        {
            if (source.VersionId is { } version)
            {
                query = $"versionid={UriCharacters.Encode(version, keepSlash: false)}{(query is null ? "" : "&")}{query}";
            }

            if (context.Access.Tokens is { } tokens)
            {
                request.AddHeader("x-ms-copy-source-authorization", await tokens.GetAsync(cancellationToken).ConfigureAwait(false));
            }
        }

        request.AddHeader("x-ms-copy-source", context.Endpoint.UrlOf(source.Bucket.Name, source.Key, query));
        if (!source.IfMatch.IsEmpty)
        {
            request.AddHeader("x-ms-source-if-match", AzureHeaders.Quote(source.IfMatch));
        }
    }
}
