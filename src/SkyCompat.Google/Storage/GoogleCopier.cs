using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Copies of objects, and their tiers, which are changed by a copy onto itself.</summary>
internal sealed class GoogleCopier(GoogleBucketClient bucket, GoogleRewriter rewriter, GoogleObjectReader reader)
{
    public async Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken)
    {
        GoogleKeys.Check(key);
        var from = (GoogleBucketDriver)source.Bucket;
        var demand = Generation.Demand(options.Condition);

        // A generation is never another content, so naming it pins the source without a condition that could be taken for the destination's.
        var generation = source.VersionId ?? (source.IfMatch.IsEmpty ? null : Generation.Demand(source.IfMatch));
        if (generation is not null && !Generation.TryParse(generation, out _))
        {
            throw new CloudException(CloudErrorCode.NotFound, "That version of the object does not exist.") { Reason = ObjectStorageErrorReasons.VersionNotFound };
        }

        if (source.VersionId is not null && !source.IfMatch.IsEmpty && source.VersionId != source.IfMatch.ToString())
        {
            throw new CloudException(CloudErrorCode.PreconditionFailed, "The version of the source is not the content that was demanded.");
        }

        using var resource = new PooledBytes();
        var replaces = true;
        var storageClass = options.Tier is { } tier ? GoogleTiers.ClassOf(tier) : null;
        if (options.Attributes is { } attributes)
        {
            ObjectResource.Write(resource, null, attributes.Headers, attributes.Metadata, storageClass, null);
        }
        else if (storageClass is not null)
        {
            // What a rewrite is told replaces all that was stored with the source, so all of it is told.
            var info = await from.Reader.TryGetInfoAsync(source.Key, generation, cancellationToken).ConfigureAwait(false) ?? throw Missing(source);
            generation = info.Tag.ToString();
            ObjectResource.Write(resource, null, info.Headers, info.Metadata, storageClass, null);
        }
        else
        {
            replaces = false;
        }

        var kind = new RequestKind(source.VersionId is null ? GoogleSubject.CopySource : GoogleSubject.Version, Generation.KindOf(options.Condition), IsWrite: true)
        {
            IsPinned = source.VersionId is null && generation is not null,
        };
        return await rewriter.RewriteAsync(from.Client, source.Key, generation, key, demand, replaces ? resource.Span.ToArray() : null, kind, options.Progress, cancellationToken).ConfigureAwait(false);
    }

    public async Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken)
    {
        var reply = await reader.FindAsync(key, null, ObjectResource.InfoFields, null, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, "The object does not exist.") { Reason = ObjectStorageErrorReasons.ObjectNotFound };
        var info = ObjectResource.Read(reply, isVersioned: false);
        using var resource = new PooledBytes();
        ObjectResource.Write(resource, null, info.Headers, info.Metadata, GoogleTiers.ClassOf(tier), null);
        var generation = info.Tag.ToString();

        // Only over the content that was looked at: another write in between is not undone.
        var kind = new RequestKind(GoogleSubject.CopySource, GoogleCondition.IfMatch, IsWrite: true) { IsPinned = true };
        await rewriter.RewriteAsync(bucket, key, generation, key, generation, resource.Span.ToArray(), kind, null, cancellationToken).ConfigureAwait(false);
    }

    private static CloudException Missing(CopySource source) => source.VersionId is not null
        ? new CloudException(CloudErrorCode.NotFound, "That version of the object does not exist.") { Reason = ObjectStorageErrorReasons.VersionNotFound }
        : source.IfMatch.IsEmpty
            ? new CloudException(CloudErrorCode.NotFound, "There is no object to copy.") { Reason = ObjectStorageErrorReasons.ObjectNotFound }
            : new CloudException(CloudErrorCode.PreconditionFailed, "The source is no longer the content that was to be copied. Nothing was written.") { Reason = ObjectStorageErrorReasons.ObjectChanged };
}
