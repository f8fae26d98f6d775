using System.Buffers;
using System.Runtime.CompilerServices;
using SkyCompat.Diagnostics;
using SkyCompat.Drivers;
using SkyCompat.Resilience;

namespace SkyCompat.ObjectStorage;

/// <summary>The requests that make an object visible or prepare it, each retried and, where its reply may have been lost, resolved by looking.</summary>
internal sealed class WriteRequests(BucketContext bucket)
{
    public static PutOptions DefaultOptions { get; } = new();

    public BucketContext Bucket => bucket;

    /// <summary>Checks all of a write that can be checked before a byte is read, and folds the metadata.</summary>
    public PutOptions Check(string key, PutOptions options, BucketCapabilities capabilities)
    {
        KeyRules.CheckNew(key, bucket.KeyPolicy, capabilities);
        AttributeRules.CheckHeaders(options.Headers);
        if (options.Tags.Count > 0)
        {
            bucket.Require(capabilities, BucketFeatures.Tags, "hold tags");
            AttributeRules.CheckTags(options.Tags, capabilities);
        }

        if (options.Tier is not StorageTier.Standard)
        {
            bucket.Require(capabilities, BucketFeatures.Tiers, "hold storage tiers");
        }

        if (options.Concurrency is < 1 or > 256)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"Concurrency is from 1 to 256, not {options.Concurrency}.");
        }

        if (options.PartSizeBytes is < 1 || options.SizeHintBytes is < 0)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, "PartSizeBytes is at least 1 and SizeHintBytes at least 0.");
        }

        var metadata = AttributeRules.CheckMetadata(options.Metadata, capabilities);
        return ReferenceEquals(metadata, options.Metadata) ? options : options with { Metadata = metadata };
    }

    public void RequireSingle(WriteCondition condition, BucketCapabilities capabilities)
    {
        if (condition.Kind is not WriteConditionKind.None)
        {
            bucket.Require(capabilities, condition.Kind is WriteConditionKind.MustNotExist ? BucketFeatures.PutIfAbsent : BucketFeatures.PutIfMatch, "put under that condition");
        }
    }

    public void RequireMultipart(WriteCondition condition, BucketCapabilities capabilities)
    {
        bucket.Require(capabilities, BucketFeatures.Multipart, "take an object in parts");
        if (condition.Kind is not WriteConditionKind.None)
        {
            bucket.Require(
                capabilities, condition.Kind is WriteConditionKind.MustNotExist ? BucketFeatures.MultipartIfAbsent : BucketFeatures.MultipartIfMatch, "complete a multipart upload under that condition");
        }
    }

    /// <summary>Writes an object by one request.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PutResult> PutAsync(string key, ReadOnlySequence<byte> bytes, PutOptions options, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        RequireSingle(options.Condition, capabilities);
        CheckSize(bytes.Length, capabilities.MaxPutBytes);
        var checksum = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes);
        if (options.Checksum is { } expected)
        {
            Compare(expected, expected.Algorithm is ChecksumAlgorithm.Crc32C ? checksum : ChecksumHasher.Compute(expected.Algorithm, bytes));
        }

        var upload = UploadChecksum(bytes, checksum, capabilities);
        var id = options.Condition.Kind is WriteConditionKind.None ? null : WriteStamp.NewId();
        var sent = id is null ? options : options with { Metadata = WriteStamp.Add(options.Metadata, id) };
        var result = await SendWriteAsync(
            "PutObject",
            key,
            id,
            (bucket.Driver, key, bytes, upload, sent),
            static async (s, attempt) =>
            {
                var body = new UploadBody(s.bytes, attempt.Touch);
                await using (body.ConfigureAwait(false))
                {
                    return await s.Driver.PutAsync(s.key, body, s.upload, s.sent, attempt.Token).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        Sent(bytes.Length);
        options.Progress?.Report(bytes.Length);
        return result with { Size = bytes.Length, Checksum = checksum };
    }

    public Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken) => bucket.SendAsync(
        "CreateMultipartUpload", key, (bucket.Driver, key, options), static (s, attempt) => s.Driver.CreateUploadAsync(s.key, s.options, attempt.Token), cancellationToken).AsTask();

    public async Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ReadOnlySequence<byte> bytes, Checksum? known, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        var sent = UploadChecksum(bytes, known, capabilities);
        var kept = sent ?? known ?? ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes);
        var part = await bucket.SendAsync(
            "PutPart",
            upload.Key,
            (bucket.Driver, upload, number, bytes, sent),
            static async (s, attempt) =>
            {
                var body = new UploadBody(s.bytes, attempt.Touch);
                await using (body.ConfigureAwait(false))
                {
                    return await s.Driver.PutPartAsync(s.upload, s.number, body, s.sent, attempt.Token).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        Sent(bytes.Length);
        return part with { Number = number, Size = bytes.Length, Checksum = kept };
    }

    /// <summary>Joins the parts. The stamp tells after a lost reply whether the object that is there is this upload's.</summary>
    public ValueTask<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, PutOptions options, string? writeId, BucketCapabilities capabilities, CancellationToken cancellationToken)
    {
        var checksum = capabilities.Supports(BucketFeatures.UploadChecksum) ? CombineChecksums(parts, capabilities.UploadChecksumAlgorithm) : null;
        return SendWriteAsync(
            "CompleteMultipartUpload",
            upload.Key,
            writeId,
            (bucket.Driver, upload, parts, checksum, options),
            static (s, attempt) => s.Driver.CompleteUploadAsync(s.upload, s.parts, s.checksum, s.options, attempt.Token),
            cancellationToken);
    }

    /// <summary>Drops an upload that may still be being started: a cancellation does not tell. Bounded in time; never throws.</summary>
    public async Task AbortUploadAsync(Task<MultipartUpload> creating)
    {
        MultipartUpload upload;
        try
        {
            upload = await creating.WaitAsync(bucket.Calls.IdleTimeout, bucket.Calls.Time).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CloudException or TimeoutException)
        {
            return;
        }

        await AbortUploadAsync(upload).ConfigureAwait(false);
    }

    /// <summary>Drops an upload. Bounded in time and without the caller's token, as it runs after cancellations and failures; never throws.</summary>
    public async Task AbortUploadAsync(MultipartUpload upload)
    {
        using var limit = new CancellationTokenSource(bucket.Calls.IdleTimeout, bucket.Calls.Time);
        try
        {
            await SendAbortAsync(upload, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CloudException or OperationCanceledException)
        {
            Log.AbortFailed(bucket.Calls.Logger, upload.UploadId, CloudCalls.Resource(bucket.Name, upload.Key)!, bucket.Calls.Cloud.Name, exception.Message);
        }
    }

    public async Task SendAbortAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            await bucket.SendAsync(
                "AbortMultipartUpload",
                upload.Key,
                (bucket.Driver, upload),
                static async (s, attempt) =>
                {
                    await s.Driver.AbortUploadAsync(s.upload, attempt.Token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.UploadNotFound)
        {
            // An earlier attempt, or somebody else, was quicker.
        }
    }

    /// <summary>Sends a request that makes an object visible. When an earlier attempt's reply was lost, and the outcome now says that something is there already or the upload is gone,
    /// the object is looked at: if it carries the stamp, the earlier attempt had succeeded.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PutResult> SendWriteAsync<TState>(string operation, string key, string? writeId, TState state, Func<TState, Attempt, Task<PutResult>> send, CancellationToken cancellationToken)
    {
        var call = bucket.NewCall(operation, key);
        try
        {
            return await bucket.Calls.SendAsync(call, state, send, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (call.MayHaveTakenEffect)
        {
            var looks = writeId is not null
                && (exception.Code is CloudErrorCode.AlreadyExists or CloudErrorCode.PreconditionFailed || exception.Reason is ObjectStorageErrorReasons.UploadNotFound);
            if (looks && await LookAfterLostReplyAsync(key, cancellationToken).ConfigureAwait(false) is { } info && WriteStamp.Has(info, writeId!))
            {
                Log.LostReplyResolved(bucket.Calls.Logger, operation, CloudCalls.Resource(bucket.Name, key)!, bucket.Calls.Cloud.Name);
                return new PutResult { Tag = info.Tag, VersionId = info.VersionId, Size = info.Size, Checksum = info.Checksum };
            }

            throw;
        }
    }

    /// <summary>Looks at what is stored. If that fails too, its error tells that the write may have taken effect.</summary>
    public async Task<ObjectInfo?> LookAfterLostReplyAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await bucket.LookUpAsync(key, null, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception)
        {
            throw exception.WithMayHaveTakenEffect();
        }
    }

    /// <summary>Compares an expected checksum with that of the bytes, before anything becomes visible.</summary>
    public static void Compare(Checksum expected, Checksum actual)
    {
        if (!expected.Equals(actual))
        {
            throw new CloudException(CloudErrorCode.DataCorrupted, $"The bytes have checksum {actual}, and {expected} was expected. Nothing was written.")
            {
                Reason = ObjectStorageErrorReasons.ChecksumMismatch,
            };
        }
    }

    public static void CheckSize(long bytes, long limit)
    {
        if (bytes > limit)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"The body has {bytes} bytes or more; the provider takes {limit}.") { Reason = ObjectStorageErrorReasons.TooLarge };
        }
    }

    /// <summary>The checksum of all parts together; null if it cannot be told from those of the parts.</summary>
    public static Checksum? CombineChecksums(IReadOnlyList<UploadedPart> parts, ChecksumAlgorithm algorithm)
    {
        if (algorithm is ChecksumAlgorithm.Md5 or ChecksumAlgorithm.Sha256)
        {
            return null;
        }

        Checksum? combined = null;
        foreach (var part in parts)
        {
            if (part.Checksum?.Algorithm != algorithm)
            {
                return null;
            }

            combined = combined is null ? part.Checksum : ChecksumHasher.Combine(combined, part.Checksum, part.Size);
        }

        return combined;
    }

    private static Checksum? UploadChecksum(in ReadOnlySequence<byte> bytes, Checksum? known, BucketCapabilities capabilities)
    {
        if (!capabilities.Supports(BucketFeatures.UploadChecksum))
        {
            return null;
        }

        return known?.Algorithm == capabilities.UploadChecksumAlgorithm ? known : ChecksumHasher.Compute(capabilities.UploadChecksumAlgorithm, bytes);
    }

    private void Sent(long bytes) => bucket.Calls.Telemetry.Sent(bucket.Calls.Cloud, bytes);
}
