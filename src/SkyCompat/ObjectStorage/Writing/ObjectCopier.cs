using System.Buffers;
using SkyCompat.Drivers;
using SkyCompat.Resilience;

namespace SkyCompat.ObjectStorage;

/// <summary>Copies objects: by one request inside a store, by parts inside a store, or through this process.</summary>
internal sealed class ObjectCopier(BucketContext bucket, WriteRequests requests)
{
    private const long CopyPartBytes = 64L << 20;
    private const int CopyConcurrency = 16;
    private const int PipeConcurrency = 4;

    public static CopyOptions DefaultOptions { get; } = new();

    public async Task<PutResult> CopyAsync(ObjectReference source, string key, CopyOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        options = Check(key, options, capabilities);
        var located = source.Bucket.GetService<IObjectLocator>()?.Locate(source.Key, source.VersionId) ?? source;
        var from = (located.Bucket as Bucket)?.Context;
        var canCopyFrom = from is not null && bucket.Driver.CanCopyFrom(from.Driver);
        var ontoItself = from is not null
            && located.VersionId is null
            && string.Equals(located.Key, key, StringComparison.Ordinal)
            && string.Equals(from.Name, bucket.Name, StringComparison.Ordinal)
            && (ReferenceEquals(from.Calls, bucket.Calls) || bucket.Driver.IsInStoreOf(from.Driver));
        if (ontoItself && options.Attributes is null && options.Tier is null)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, "A copy onto itself must change the attributes or the tier.") { Resource = $"{bucket.Name}/{key}" };
        }

        if (from is null || !canCopyFrom || !capabilities.Supports(BucketFeatures.ServerSideCopy))
        {
            return await PipeAsync(source, key, options, capabilities, cancellationToken).ConfigureAwait(false);
        }

        KeyRules.CheckExisting(located.Key, capabilities);

        if (!options.SourceIfMatch.IsEmpty)
        {
            bucket.Require(capabilities, BucketFeatures.CopySourceIfMatch, "copy only a source with a given tag");
        }

        return await CopyInsideAsync(from, located, key, options, capabilities, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PutResult> CopyInsideAsync(
        BucketContext from, ObjectReference source, string key, CopyOptions options, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        // The size decides between one request and parts, and the result tells it.
        var info = await from.LookUpAsync(source.Key, source.VersionId, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, "There is no object to copy.")
            {
                Reason = source.VersionId is null ? ObjectStorageErrorReasons.ObjectNotFound : ObjectStorageErrorReasons.VersionNotFound,
                Resource = $"{from.Name}/{source.Key}",
            };
        if (!options.SourceIfMatch.IsEmpty && info.Tag != options.SourceIfMatch)
        {
            throw SourceChanged(source);
        }

        var pin = capabilities.Supports(BucketFeatures.CopySourceIfMatch) ? info.Tag : default;
        var driverSource = new CopySource(from.Driver, source.Key, source.VersionId, pin);
        var fits = info.Size <= capabilities.MaxCopyBytes;
        if (fits && options.Condition.Kind is WriteConditionKind.None)
        {
            return await CopyByOneRequestAsync(driverSource, info.Size, key, options, null, cancellationToken).ConfigureAwait(false);
        }

        var whole = options.Attributes is null
            ? options with { Attributes = new ObjectAttributes { Headers = info.Headers, Metadata = AttributeRules.HideReserved(info).Metadata } }
            : options;
        if (fits && SupportsCondition(options.Condition, capabilities))
        {
            var id = WriteStamp.NewId();
            var stamped = whole with { Attributes = whole.Attributes! with { Metadata = WriteStamp.Add(whole.Attributes.Metadata, id) } };
            return await CopyByOneRequestAsync(driverSource, info.Size, key, stamped, id, cancellationToken).ConfigureAwait(false);
        }

        // A store whose copies take no condition may still take one when an upload is completed.
        var put = await PutOptionsAsync(from, source, whole, capabilities, cancellationToken).ConfigureAwait(false);
        if (info.Size == 0)
        {
            return await requests.PutAsync(key, ReadOnlySequence<byte>.Empty, put, capabilities, cancellationToken).ConfigureAwait(false);
        }

        bucket.Require(capabilities, BucketFeatures.PartCopy, "copy an object of that size, or under that condition");
        requests.RequireMultipart(options.Condition, capabilities);
        return await CopyByPartsAsync(from, driverSource, info, key, put, options.Progress, capabilities, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PutResult> CopyByOneRequestAsync(CopySource source, long size, string key, CopyOptions options, string? writeId, CancellationToken cancellationToken)
    {
        var result = await requests.SendWriteAsync(
            "CopyObject", key, writeId, (bucket.Driver, source, key, options), static (s, attempt) => s.Driver.CopyAsync(s.source, s.key, s.options with { Progress = new CopyProgress(attempt, s.options.Progress) }, attempt.Token), cancellationToken).ConfigureAwait(false);
        options.Progress?.Report(size);
        return result with { Size = size };
    }

    private async Task<PutResult> CopyByPartsAsync(
        BucketContext from, CopySource source, ObjectInfo info, string key, PutOptions put, IProgress<long>? progress, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        var id = WriteStamp.NewId();
        put = put with { Metadata = WriteStamp.Add(put.Metadata, id) };

        // Without the caller's token: an upload that was started must become known, so that it can be aborted.
        var creating = requests.CreateUploadAsync(key, put, CancellationToken.None);
        try
        {
            var upload = await creating.WaitAsync(cancellationToken).ConfigureAwait(false);

            // No byte passes through here, so parts need not fit the byte budget.
            var plan = new PartPlan(capabilities, new PutOptions { PartSizeBytes = Math.Min(CopyPartBytes, capabilities.MaxPartBytes) }, info.Size, long.MaxValue);
            var partBytes = plan.SizeOf(1);
            var parts = new UploadedPart[(int)((info.Size + partBytes - 1) / partBytes)];
            long copied = 0;
            await Parallel.ForAsync(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = CopyConcurrency, CancellationToken = cancellationToken }, async (index, token) =>
            {
                var offset = index * partBytes;
                var length = Math.Min(partBytes, info.Size - offset);
                var part = await bucket.SendAsync(
                    "CopyPart",
                    key,
                    (bucket.Driver, upload, index, source, offset, length),
                    static (s, attempt) => s.Driver.CopyPartAsync(s.upload, s.index + 1, s.source, s.offset, s.length, attempt.Token),
                    token).ConfigureAwait(false);
                parts[index] = part with { Number = index + 1, Size = length };
                progress?.Report(Interlocked.Add(ref copied, length));
            }).ConfigureAwait(false);

            if (source.IfMatch.IsEmpty && source.VersionId is null)
            {
                // The store cannot pin the source, so it is looked at once more before anything becomes visible.
                var now = await from.LookUpAsync(source.Key, null, cancellationToken).ConfigureAwait(false);
                if (now?.Tag != info.Tag)
                {
                    throw SourceChanged(new ObjectReference(new Bucket(from), source.Key));
                }
            }

            var result = await requests.CompleteUploadAsync(upload, parts, put, id, capabilities, cancellationToken).ConfigureAwait(false);
            return result with { Size = info.Size };
        }
        catch
        {
            await requests.AbortUploadAsync(creating).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>From another store: read there and written here at the same time, in bounded memory.</summary>
    private async Task<PutResult> PipeAsync(ObjectReference source, string key, CopyOptions options, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        var get = new GetOptions
        {
            VersionId = source.VersionId,
            Concurrency = PipeConcurrency,
            Condition = options.SourceIfMatch.IsEmpty ? null : new ReadCondition { IfMatch = options.SourceIfMatch },
        };
        var content = await source.Bucket.GetAsync(source.Key, get, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var attributes = options.Attributes ?? new ObjectAttributes { Headers = content.Info.Headers, Metadata = content.Info.Metadata };
            var tags = attributes.Tags;
            if (tags is null && capabilities.Supports(BucketFeatures.Tags) && source.Bucket.GetService<IObjectTags>() is { } sourceTags)
            {
                tags = await sourceTags.GetTagsAsync(source.Key, cancellationToken).ConfigureAwait(false);
            }

            var put = new PutOptions
            {
                Headers = attributes.Headers,
                Metadata = attributes.Metadata,
                Tags = tags ?? DefaultPut.Tags,
                Tier = options.Tier ?? StorageTier.Standard,
                Condition = options.Condition,
                Progress = options.Progress,
            };
            var uploader = new ObjectUploader(requests, key, put, content.Length, traced: false);
            await using (uploader.ConfigureAwait(false))
            {
                await uploader.ReadFromAsync(content.AsStream(), cancellationToken).ConfigureAwait(false);
                return await uploader.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static PutOptions DefaultPut => WriteRequests.DefaultOptions;

    /// <summary>The options of a put that makes the same object as the copy would.</summary>
    private static async Task<PutOptions> PutOptionsAsync(BucketContext from, ObjectReference source, CopyOptions options, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        var tags = options.Attributes!.Tags;
        if (tags is null && capabilities.Supports(BucketFeatures.Tags))
        {
            tags = await from.SendAsync(
                "GetObjectTags", source.Key, (from.Driver, source.Key), static (s, attempt) => s.Driver.GetTagsAsync(s.Key, attempt.Token), cancellationToken).ConfigureAwait(false);
        }

        return new PutOptions
        {
            Headers = options.Attributes.Headers,
            Metadata = options.Attributes.Metadata,
            Tags = tags ?? DefaultPut.Tags,
            Tier = options.Tier ?? StorageTier.Standard,
            Condition = options.Condition,
        };
    }

    private static bool SupportsCondition(WriteCondition condition, BucketCapabilities capabilities) => condition.Kind switch
    {
        WriteConditionKind.MustNotExist => capabilities.Supports(BucketFeatures.CopyIfAbsent),
        WriteConditionKind.MustMatch => capabilities.Supports(BucketFeatures.CopyIfMatch),
        _ => true,
    };

    private static CloudException SourceChanged(ObjectReference source) =>
        new(CloudErrorCode.PreconditionFailed, "The source of the copy is not the content that was expected. Nothing was written.")
        {
            Reason = ObjectStorageErrorReasons.ObjectChanged,
            Resource = $"{source.Bucket.Name}/{source.Key}",
        };

    private CopyOptions Check(string key, CopyOptions options, BucketCapabilities capabilities)
    {
        var attributes = options.Attributes ?? new ObjectAttributes();
        var put = requests.Check(
            key,
            new PutOptions { Headers = attributes.Headers, Metadata = attributes.Metadata, Tags = attributes.Tags ?? DefaultPut.Tags, Tier = options.Tier ?? StorageTier.Standard },
            capabilities);
        return options.Attributes is null ? options : options with { Attributes = attributes with { Metadata = put.Metadata } };
    }

    /// <summary>A copy that the store makes step by step is not idle while it goes on.</summary>
    private sealed class CopyProgress(Attempt attempt, IProgress<long>? caller) : IProgress<long>
    {
        public void Report(long value)
        {
            attempt.Touch();
            caller?.Report(value);
        }
    }
}
