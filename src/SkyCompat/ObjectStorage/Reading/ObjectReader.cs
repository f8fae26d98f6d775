using System.Runtime.CompilerServices;
using SkyCompat.Diagnostics;
using SkyCompat.Memory;
using SkyCompat.Resilience;

namespace SkyCompat.ObjectStorage;

/// <summary>Opens objects for reading.</summary>
internal sealed class ObjectReader(BucketContext bucket)
{
    private const long DefaultPartBytes = 8L << 20;
    private const int MaxConcurrency = 256;
    private const int MaxShift = 10;
    private const int MaxLooks = 5;

    public static GetOptions DefaultOptions { get; } = new();

    public ByteBudget Budget => bucket.Budget;

    public CancellationSourcePool IdleSources => bucket.Calls.IdleSources;

    public TimeSpan IdleTimeout => bucket.Calls.IdleTimeout;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ObjectContent> OpenAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        KeyRules.CheckExisting(key, capabilities);
        Check(options, capabilities);
        if (options.Range is { Length: 0 })
        {
            return await OpenEmptyAsync(key, options, cancellationToken).ConfigureAwait(false);
        }

        return options.Range is { IsSuffix: true } suffix && (options.Concurrency > 1 || !capabilities.Supports(BucketFeatures.SuffixRange))
            ? await OpenSuffixAsync(key, suffix, options, cancellationToken).ConfigureAwait(false)
            : await OpenRangeAsync(key, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the rest of a body, pinned to the content that it began with.</summary>
    public async Task<Stream> ReopenAsync(ObjectInfo info, long offset, long length, CancellationToken cancellationToken)
    {
        var options = new GetOptions
        {
            Range = ByteRange.Slice(offset, length),
            VersionId = info.VersionId,
            Condition = info.VersionId is null && !info.Tag.IsEmpty ? new ReadCondition { IfMatch = info.Tag } : null,
        };
        ObjectContent content;
        try
        {
            content = await SendAsync(info.Key, options, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PreconditionFailed || exception.Reason is ObjectStorageErrorReasons.RangeNotSatisfiable)
        {
            throw Changed(info, exception);
        }

        if (content.Offset == offset && content.Length == length && content.Info.Tag == info.Tag)
        {
            return content.AsStream();
        }

        await content.DisposeAsync().ConfigureAwait(false);
        throw content.Info.Tag == info.Tag
            ? WrongRange(info.Key, offset, length, content)
            : Changed(info, null);
    }

    /// <summary>After a broken body: logs, and waits the longer the more reads in a row brought nothing.</summary>
    public async ValueTask<int> BackOffAsync(string key, long position, int failures, Exception cause, CancellationToken cancellationToken)
    {
        failures++;
        if (failures >= bucket.Calls.MaxAttempts)
        {
            throw new CloudException(CloudErrorCode.Unavailable, $"Reading broke off at byte {position}, {failures} times without a byte in between: {cause.Message}", cause)
            {
                Operation = "GetObject",
                Resource = Resource(key),
                Provider = bucket.Calls.Cloud.Provider,
            };
        }

        Log.Resuming(bucket.Calls.Logger, Resource(key), bucket.Calls.Cloud.Name, position, cause.Message);
        if (failures > 1)
        {
            await Task.Delay(bucket.Calls.BaseDelay * (1 << Math.Min(failures - 2, MaxShift)), bucket.Calls.Time, cancellationToken).ConfigureAwait(false);
        }

        return failures;
    }

    public void Received(int bytes) => bucket.Calls.Telemetry.Received(bucket.Calls.Cloud, bytes);

    private static void Check(GetOptions options, BucketCapabilities capabilities)
    {
        if (options.Concurrency is < 1 or > MaxConcurrency)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"Concurrency is from 1 to {MaxConcurrency}, not {options.Concurrency}.");
        }

        if (options.PartSizeBytes is < 64 << 10 or > 1L << 30)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"PartSizeBytes is from 64 KiB to 1 GiB, not {options.PartSizeBytes}.");
        }

        if (options.VersionId is not null && !capabilities.Supports(BucketFeatures.Versions))
        {
            throw new CloudException(CloudErrorCode.Unsupported, "This bucket keeps no versions.");
        }
    }

    private static CloudException RangeNotSatisfiable(long size) =>
        new(CloudErrorCode.InvalidArgument, $"The range begins at or after the end of the object of {size} bytes.") { Reason = ObjectStorageErrorReasons.RangeNotSatisfiable };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ObjectContent> SendAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var content = await bucket.SendAsync(
            "GetObject", key, (bucket.Driver, key, options), static (s, attempt) => s.Driver.GetAsync(s.key, s.options, attempt.Token), cancellationToken).ConfigureAwait(false);
        if (options.Range is not { Offset: { } offset } || content.Offset == offset)
        {
            return content;
        }

        await content.DisposeAsync().ConfigureAwait(false);
        throw new CloudException(CloudErrorCode.DataCorrupted, $"Bytes from {offset} were asked, and bytes from {content.Offset} came: the store, or a proxy before it, ignores ranges.");
    }

    private ObjectContent Wrap(ObjectContent raw, GetOptions options)
    {
        var verifier = BodyVerifier.TryCreate(options, raw.Info, raw.Offset, raw.Length, Resource(raw.Info.Key));
        var body = new ResumableStream(this, raw.Info, raw.Offset, raw.Length, raw.AsStream(), verifier);
        return new ObjectContent(AttributeRules.HideReserved(raw.Info), raw.Offset, raw.Length, body);
    }

    private async Task<ObjectContent> OpenParallelAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var partBytes = options.PartSizeBytes ?? DefaultPartBytes;
        var start = options.Range?.Offset ?? 0;
        var wanted = options.Range?.Length ?? long.MaxValue - start;
        ObjectContent first;
        try
        {
            first = await SendAsync(key, options with { Range = ByteRange.Slice(start, Math.Min(partBytes, wanted)) }, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.RangeNotSatisfiable && options.Range is null)
        {
            // An empty object has no first range, but it can be read.
            return Wrap(await SendAsync(key, options, cancellationToken).ConfigureAwait(false), options);
        }

        var length = Math.Min(wanted, first.Info.Size - start);
        if (first.Offset != start || first.Length != Math.Min(partBytes, length))
        {
            await first.DisposeAsync().ConfigureAwait(false);
            throw WrongRange(key, start, Math.Min(partBytes, length), first);
        }

        if (length == first.Length)
        {
            return Wrap(first, options);
        }

        var verifier = BodyVerifier.TryCreate(options, first.Info, start, length, Resource(key));
        var body = new ParallelStream(this, first.Info, start, length, first.AsStream(), first.Length, partBytes, options.Concurrency, verifier);
        return new ObjectContent(AttributeRules.HideReserved(first.Info), start, length, body);
    }

    /// <summary>HTTP has no empty range: the object is looked up and the condition is decided here.</summary>
    private async Task<ObjectContent> OpenEmptyAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var info = await GetInfoAsync(key, options.VersionId, cancellationToken).ConfigureAwait(false);
        if (options.Condition is { } condition)
        {
            // RFC 9110, section 13.2.2: a tag condition that is present decides alone over the date of the same sign.
            // Dates are compared in whole seconds, as HTTP writes them.
            var modified = info.LastModified.ToUnixTimeSeconds();
            var changed = condition.IfMatch.IsEmpty ? modified > condition.IfUnmodifiedSince?.ToUnixTimeSeconds() : info.Tag != condition.IfMatch;
            var same = condition.IfNoneMatch.IsEmpty ? modified <= condition.IfModifiedSince?.ToUnixTimeSeconds() : info.Tag == condition.IfNoneMatch;
            if (changed || same)
            {
                throw new CloudException(CloudErrorCode.PreconditionFailed, "The condition of the read does not hold.") { Reason = same && !changed ? ObjectStorageErrorReasons.NotModified : null };
            }
        }

        var offset = options.Range is { IsSuffix: false, Offset: { } start } ? Math.Min(start, info.Size) : info.Size;
        return new ObjectContent(AttributeRules.HideReserved(info), offset, 0, Stream.Null);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ObjectContent> OpenRangeAsync(string key, GetOptions options, CancellationToken cancellationToken) =>
        options.Concurrency > 1
            ? await OpenParallelAsync(key, options, cancellationToken).ConfigureAwait(false)
            : Wrap(await SendAsync(key, options, cancellationToken).ConfigureAwait(false), options);

    /// <summary>Looks the size up and opens the range, pinned to what was looked up; an object replaced in between is looked up again.</summary>
    private async Task<ObjectContent> OpenSuffixAsync(string key, ByteRange suffix, GetOptions options, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var resolved = await ResolveSuffixAsync(key, suffix, options, cancellationToken).ConfigureAwait(false);
            try
            {
                return await OpenRangeAsync(key, resolved, cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException exception) when (exception is { Code: CloudErrorCode.PreconditionFailed, Reason: not ObjectStorageErrorReasons.NotModified }
                && resolved.Condition != options.Condition && look < MaxLooks)
            {
            }
        }
    }

    private async Task<GetOptions> ResolveSuffixAsync(string key, ByteRange suffix, GetOptions options, CancellationToken cancellationToken)
    {
        var info = await GetInfoAsync(key, options.VersionId, cancellationToken).ConfigureAwait(false);
        if (info.Size == 0)
        {
            throw RangeNotSatisfiable(0);
        }

        var condition = options.Condition ?? new ReadCondition();
        return options with
        {
            Range = ByteRange.From(Math.Max(0, info.Size - suffix.Length!.Value)),
            Condition = condition.IfMatch.IsEmpty && options.VersionId is null ? condition with { IfMatch = info.Tag } : options.Condition,
        };
    }

    private async Task<ObjectInfo> GetInfoAsync(string key, string? versionId, CancellationToken cancellationToken) =>
        await bucket.LookUpAsync(key, versionId, cancellationToken).ConfigureAwait(false)
        ?? throw new CloudException(CloudErrorCode.NotFound, versionId is null ? "There is no such object." : "There is no such version of the object.")
        {
            Reason = versionId is null ? ObjectStorageErrorReasons.ObjectNotFound : ObjectStorageErrorReasons.VersionNotFound,
        };

    private CloudException WrongRange(string key, long offset, long length, ObjectContent content) =>
        new(CloudErrorCode.DataCorrupted, $"{length} bytes from {offset} were asked, and {content.Length} bytes from {content.Offset} came.")
        {
            Operation = "GetObject",
            Resource = Resource(key),
            Provider = bucket.Calls.Cloud.Provider,
        };

    private CloudException Changed(ObjectInfo info, Exception? cause) =>
        new(CloudErrorCode.PreconditionFailed, "The object changed while it was being read. Read it again from the start.", cause)
        {
            Reason = ObjectStorageErrorReasons.ObjectChanged,
            Operation = "GetObject",
            Resource = Resource(info.Key),
            Provider = bucket.Calls.Cloud.Provider,
        };

    private string Resource(string key) => CloudCalls.Resource(bucket.Name, key)!;
}
