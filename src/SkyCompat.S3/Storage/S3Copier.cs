using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>CopyObject, which also moves an object to another tier.</summary>
internal sealed class S3Copier(S3BucketClient client, S3ObjectReader reader, S3Tags tagging)
{
    /// <summary>Names the source of a copy. The plus sign and the percent sign of a key are encoded like all others, once.</summary>
    public static void AddSource(S3Request request, S3Dialect dialect, CopySource source)
    {
        var text = new TextBuilder(stackalloc char[256]);
        try
        {
            text.Append('/');
            text.AppendEncoded(source.Bucket.Name, keepSlash: false);
            text.Append('/');
            text.AppendEncoded(source.Key, keepSlash: true);
            if (source.VersionId is not null)
            {
                text.Append("?versionId=");
                text.AppendEncoded(source.VersionId, keepSlash: false);
            }

            request.AddHeader(dialect.CopySource, text.ToString());
        }
        finally
        {
            text.Dispose();
        }

        if (!source.IfMatch.IsEmpty)
        {
            request.Condition = S3Condition.CopySource;
            request.AddHeader(dialect.CopySourceIfMatch, S3Headers.Quote(source.IfMatch));
        }
    }

    public async Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Put, key) { IsWrite = true, Subject = source.VersionId is null ? S3Subject.Object : S3Subject.Version };
        var dialect = client.Context.Dialect;
        AddSource(request, dialect, source);
        if (options.Condition.Kind != WriteConditionKind.None)
        {
            S3ObjectHeaders.AddCondition(request, options.Condition, client.Profile);
        }

        IReadOnlyDictionary<string, string>? tags = null;
        if (options.Attributes is { } attributes)
        {
            request.AddHeader(dialect.MetadataDirective, "REPLACE");
            S3ObjectHeaders.Add(request, dialect, attributes.Headers, attributes.Metadata);
            tags = attributes.Tags ?? await TagsToKeepAsync(source, cancellationToken).ConfigureAwait(false);
            if (tags is not null && !client.Profile.LateTags)
            {
                request.AddHeader(dialect.TaggingDirective, dialect.ReplaceTags);
                request.AddHeader(dialect.Tagging, S3ObjectHeaders.EncodeTags(tags));
            }
        }

        if (options.Tier is { } tier)
        {
            request.AddHeader(dialect.StorageClass, S3Tiers.ClassOf(client.Profile, tier) ?? dialect.StandardClass);
        }

        var result = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (client.Profile.LateTags && tags is { Count: > 0 })
        {
            await tagging.SetAsync(key, tags, cancellationToken).ConfigureAwait(false);
        }

        if (result.VersionId is null && !client.Profile.CopyReturnsVersion &&
            await reader.TryGetInfoAsync(key, null, cancellationToken).ConfigureAwait(false) is { } info && info.Tag == result.Tag)
        {
            result = result with { VersionId = info.VersionId };
        }

        return result;
    }

    public async Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Put, key) { IsWrite = true };
        var dialect = client.Context.Dialect;
        request.AddHeader(dialect.CopySource, $"/{UriCharacters.Encode(client.Bucket, keepSlash: false)}/{UriCharacters.Encode(key, keepSlash: true)}");
        request.AddHeader(dialect.MetadataDirective, "COPY");
        request.AddHeader(dialect.StorageClass, S3Tiers.ClassOf(client.Profile, tier) ?? dialect.StandardClass);
        await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tags of the source, where the store would drop them; null where it keeps them itself or has none.</summary>
    private async Task<IReadOnlyDictionary<string, string>?> TagsToKeepAsync(CopySource source, CancellationToken cancellationToken) =>
        client.Profile.CopyKeepsTags || !client.Profile.Features.HasFlag(BucketFeatures.Tags)
            ? null
            : await ((S3BucketDriver)source.Bucket).GetTagsAsync(source.Key, source.VersionId, cancellationToken).ConfigureAwait(false);

    private async Task<PutResult> SendAsync(S3Request request, CancellationToken cancellationToken)
    {
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        using var document = await client.ReadDocumentAsync(request, response, cancellationToken).ConfigureAwait(false);
        return new PutResult
        {
            Tag = VersionTag.Parse(document.ReadValue("ETag")),
            VersionId = S3Headers.Get(response.Headers, client.Context.Dialect.VersionId),
        };
    }
}
