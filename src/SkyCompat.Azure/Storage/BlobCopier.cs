using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Copies inside the service: Copy Blob From URL where everything is kept, Put Block From URL and a commit where the copy has attributes of its own, which only a commit takes.</summary>
internal sealed class BlobCopier(AzureClient client, BlobReader reader, BlockLists blocks, CopySources sources, AccountFacts account)
{
    private const int OnlyPart = 1;

    public async Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken)
    {
        var ontoItself = source.VersionId is null && source.Key == key && source.Bucket.Name == client.Container;
        return options switch
        {
            { Attributes: { } attributes } => await CopyWithAsync(attributes, source, key, options, ontoItself, cancellationToken).ConfigureAwait(false),
            { Tier: { } tier } when ontoItself => await MoveAsync(source, tier, cancellationToken).ConfigureAwait(false),
            _ => await CopyAllAsync(source, key, options, cancellationToken).ConfigureAwait(false),
        };
    }

    public Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken)
    {
        var request = new AzureRequest(HttpMethod.Put, key) { IsWrite = true };
        request.AddQuery("comp", "tier");
        request.AddHeader("x-ms-access-tier", BlobTiers.NameOf(tier));
        return client.SendForStatusAsync(request, cancellationToken);
    }

    private async Task<PutResult> CopyAllAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken)
    {
        var request = new AzureRequest(HttpMethod.Put, key) { IsWrite = true, IsCreation = true, Subject = source.VersionId is null ? AzureSubject.Object : AzureSubject.Version };
        request.AddHeader("x-ms-requires-sync", "true");
        if ((await account.GetAsync(client, cancellationToken).ConfigureAwait(false)).Supports(BucketFeatures.Tags))
        {
            request.AddHeader("x-ms-copy-source-tag-option", "COPY");
        }

        await sources.AddAsync(request, source, cancellationToken).ConfigureAwait(false);
        BlobHeaders.AddTier(request, options.Tier is { } tier ? BlobTiers.OfWrite(tier) : null);
        BlobHeaders.AddCondition(request, options.Condition);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return BlobHeaders.ReadResult(response);
    }

    /// <summary>A copy onto itself that only changes the tier is a move, which keeps the rest and the tag.</summary>
    private async Task<PutResult> MoveAsync(CopySource source, StorageTier tier, CancellationToken cancellationToken)
    {
        await SetTierAsync(source.Key, tier, cancellationToken).ConfigureAwait(false);
        var info = await reader.TryGetInfoAsync(source.Key, versionId: null, cancellationToken).ConfigureAwait(false);
        return new PutResult { Tag = info?.Tag ?? source.IfMatch, VersionId = info?.VersionId };
    }

    private async Task<PutResult> CopyWithAsync(ObjectAttributes attributes, CopySource source, string key, CopyOptions options, bool ontoItself, CancellationToken cancellationToken)
    {
        var from = ((AzureBucketDriver)source.Bucket).Reader;
        var stored = await from.TryGetStoredAsync(source.Key, source.VersionId, ((AzureBucketDriver)source.Bucket).Tags, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, "The source of the copy does not exist.") { Reason = ObjectStorageErrorReasons.ObjectNotFound };
        if (!source.IfMatch.IsEmpty && stored.Info.Tag != source.IfMatch)
        {
            throw new CloudException(CloudErrorCode.PreconditionFailed, "The source does not have the tag that was demanded.");
        }

        var put = new PutOptions
        {
            Headers = attributes.Headers,
            Metadata = attributes.Metadata,
            Tags = attributes.Tags ?? stored.Tags,
            Tier = options.Tier ?? (ontoItself ? stored.Info.Tier : StorageTier.Standard),
            // Onto itself, nothing that was written meanwhile may be lost.
            Condition = ontoItself && options.Condition.Kind == WriteConditionKind.None ? WriteCondition.MustMatch(stored.Info.Tag) : options.Condition,
        };
        if (stored.Info.Size == 0)
        {
            // There is no empty block.
            var empty = new UploadBody(default);
            await using (empty.ConfigureAwait(false))
            {
                return await new BlobWriter(client).PutAsync(key, empty, stored.Info.Checksum, put, cancellationToken).ConfigureAwait(false);
            }
        }

        if (!BlockId.TryCreate(BlockId.NewUpload(), OnlyPart, out var id))
        {
            throw new InvalidOperationException("A new upload has an id.");
        }

        var pinned = source with { IfMatch = source.VersionId is null ? stored.Info.Tag : source.IfMatch };
        await blocks.WithoutStaleBlocksAsync(key, () => blocks.CopyAsync(key, id, pinned, range: null, cancellationToken), cancellationToken).ConfigureAwait(false);
        try
        {
            return await blocks.CommitAsync(key, [id], put, stored.Info.Checksum, committed: false, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (BlockLists.IsMissingBlock(exception))
        {
            var raced = new CloudException(CloudErrorCode.Conflict, "Another write to the same key was in the way; read what it left and decide again.", exception)
            {
                Reason = ObjectStorageErrorReasons.ConcurrentWrite,
                IsTransient = true,
            };
            throw await blocks.ExplainDiscardedAsync(key, options.Condition, raced, cancellationToken).ConfigureAwait(false);
        }
    }
}
