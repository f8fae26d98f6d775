using System.Collections.Concurrent;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

/// <summary>A bucket in memory that does what its store's script says, and that refuses what the engine promised not to ask.</summary>
internal sealed partial class ScriptedBucket(ScriptedStorage storage, string name) : BucketDriver
{
    /// <summary>All features, small parts.</summary>
    public static readonly BucketCapabilities Everything = new()
    {
        Features = (BucketFeatures)((1L << 25) - 1),
        MinPartBytes = 1024,
        MaxPartBytes = 64 << 20,
        MaxParts = 10_000,
        UploadChecksumAlgorithm = ChecksumAlgorithm.Crc32C,
    };

    private readonly Lock _lock = new();

    public ConcurrentDictionary<string, StoredObject> Objects { get; } = new(StringComparer.Ordinal);

    public Script Script => storage.Script;

    public override string Name => name;

    private BucketCapabilities Capabilities => storage.Capabilities;

    /// <summary>Puts an object there, as somebody else would.</summary>
    public StoredObject Seed(string key, byte[] bytes, string? versionId = null, Checksum? checksum = null)
    {
        var stored = new StoredObject(bytes, storage.NextTag(), versionId) { Checksum = checksum ?? ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes) };
        Objects[key] = stored;
        return stored;
    }

    public override ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken) =>
        storage.ProbesCapabilities ? new ValueTask<BucketCapabilities>(ProbeAsync(cancellationToken)) : ValueTask.FromResult(Capabilities);

    public override async Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("GetObjectInfo", key, cancellationToken);
        var info = Find(key, options.VersionId)?.ToInfo(key);
        await Script.EndAsync(call);
        return info;
    }

    public override async Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("GetObject", key, cancellationToken, c => c with { Get = options });
        var stored = Find(key, options.VersionId) ?? throw Errors.NotFound(ObjectStorageErrorReasons.ObjectNotFound);
        if (options.Condition is { } condition)
        {
            if (!condition.IfMatch.IsEmpty && condition.IfMatch != stored.Tag)
            {
                throw Errors.Precondition();
            }

            if (!condition.IfNoneMatch.IsEmpty && condition.IfNoneMatch == stored.Tag)
            {
                throw Errors.Precondition(ObjectStorageErrorReasons.NotModified);
            }
        }

        var size = stored.Bytes.Length;
        Promised(options.Range is not { Length: 0 }, "an empty range");
        var (offset, length) = options.Range switch
        {
            null => (0, size),
            { IsSuffix: true, Length: { } last } => (Math.Max(0, size - last), Math.Min(size, last)),
            { Offset: { } start, Length: null } => (start, size - start),
            { Offset: { } start, Length: { } wanted } => (start, Math.Min(wanted, size - start)),
            _ => throw new InvalidOperationException(),
        };
        if (options.Range is not null && length <= 0)
        {
            throw Errors.RangeNotSatisfiable();
        }

        await Script.EndAsync(call);
        Stream body = new MemoryStream(stored.Bytes, (int)offset, (int)length, writable: false);
        var content = new ObjectContent(stored.ToInfo(key), offset, length, Script.WrapBody?.Invoke(call, body) ?? body);
        return Script.Lie?.Invoke(call, content) ?? content;
    }

    public override async Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("PutObject", key, cancellationToken, c => c with { Put = options, Body = body, Length = body.Length, Checksum = checksum });
        Promised(body.Length <= Capabilities.MaxPutBytes, "a body above MaxPutBytes");
        var bytes = await ReceiveAsync(body, checksum, cancellationToken);
        var result = Store(key, bytes, options);
        await Script.EndAsync(call);
        return result;
    }

    public override async Task<ListPage> ListPageAsync(ListOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("ListObjects", options.Prefix, cancellationToken);
        Promised(options.PageSize >= 0 && options.PageSize <= Capabilities.MaxPageSize, "a page size out of range");
        var after = options.ContinuationToken ?? options.StartAfter ?? "";
        var found = new SortedDictionary<string, ListEntry>(StringComparer.Ordinal);
        foreach (var (key, stored) in Objects.Where(o => o.Key.StartsWith(options.Prefix ?? "", StringComparison.Ordinal)))
        {
            var cut = string.IsNullOrEmpty(options.Delimiter) ? -1 : key.IndexOf(options.Delimiter, (options.Prefix ?? "").Length, StringComparison.Ordinal);
            var entry = cut < 0
                ? new ListEntry { Key = key, Size = stored.Bytes.Length, Tag = stored.Tag, LastModified = StoredObject.Written }
                : new ListEntry { Key = key[..(cut + options.Delimiter!.Length)], Kind = ListEntryKind.Prefix };
            if (string.CompareOrdinal(entry.Key, after) > 0)
            {
                found[entry.Key] = entry;
            }
        }

        var page = found.Values.Take(options.PageSize is 0 ? Capabilities.MaxPageSize : options.PageSize).ToList();
        await Script.EndAsync(call);
        return new ListPage(page, page.Count < found.Count ? page[^1].Key : null);
    }

    public override async Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("DeleteObject", key, cancellationToken);
        lock (_lock)
        {
            if (!options.IfMatch.IsEmpty && Find(key, null)?.Tag != options.IfMatch)
            {
                throw Errors.Precondition();
            }

            Objects.TryRemove(key, out _);
        }

        await Script.EndAsync(call);
        return new DeleteResult(key, DeleteOutcome.Gone);
    }

    public override async Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("DeleteObjects", null, cancellationToken, c => c with { Keys = [.. keys] });
        Promised(keys.Count is > 0 && keys.Count <= Capabilities.MaxBatchDelete && keys.Distinct(StringComparer.Ordinal).Count() == keys.Count, "a batch too large or with duplicates");
        var results = keys.Select(key => FailingKeys.TryGetValue(key, out var error)
            ? new DeleteResult(key, DeleteOutcome.Failed, error())
            : new DeleteResult(key, Objects.TryRemove(key, out _) ? DeleteOutcome.Deleted : DeleteOutcome.Missing)).ToList();
        await Script.EndAsync(call);
        return results;
    }

    /// <summary>Keys that a batch delete reports as failed.</summary>
    public ConcurrentDictionary<string, Func<CloudException>> FailingKeys { get; } = new(StringComparer.Ordinal);

    public override async Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken)
    {
        await Script.BeginAsync("SignRequest", key, cancellationToken);
        return new SignedRequest("GET", new Uri($"https://store.test/{Name}/{Uri.EscapeDataString(key)}?signature=top-secret"), StoredObject.Written);
    }

    public override async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken)
    {
        await Script.BeginAsync("GetObjectTags", key, cancellationToken);
        return (Find(key, null) ?? throw Errors.NotFound(ObjectStorageErrorReasons.ObjectNotFound)).Tags;
    }

    public override async Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var call = await Script.BeginAsync("SetObjectTags", key, cancellationToken);
        Objects[key] = (Find(key, null) ?? throw Errors.NotFound(ObjectStorageErrorReasons.ObjectNotFound)) with { Tags = tags };
        await Script.EndAsync(call);
    }

    public override async Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken)
    {
        await Script.BeginAsync("GetBucketVersioning", null, cancellationToken);
        return VersioningState.Enabled;
    }

    public override async Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken) =>
        await Script.BeginAsync("SetBucketVersioning", null, cancellationToken);

    public override async Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions options, CancellationToken cancellationToken)
    {
        await Script.BeginAsync("ListObjectVersions", options.Prefix, cancellationToken);
        return new VersionPage(
            [.. Objects.Where(o => o.Key.StartsWith(options.Prefix ?? "", StringComparison.Ordinal)).OrderBy(o => o.Key, StringComparer.Ordinal)
                .Select(o => new VersionEntry { Key = o.Key, VersionId = o.Value.VersionId ?? "null", IsLatest = true })],
            null);
    }

    public override object? GetService(Type serviceType) => serviceType == typeof(ScriptedBucket) ? this : null;

    private async Task<BucketCapabilities> ProbeAsync(CancellationToken cancellationToken)
    {
        await Script.EndAsync(await Script.BeginAsync("GetBucketCapabilities", null, cancellationToken));
        return Capabilities;
    }

    private static void Promised(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The engine broke its promise to drivers: {what}.");
        }
    }

    private StoredObject? Find(string key, string? versionId) => Objects.TryGetValue(key, out var stored) && (versionId is null || stored.VersionId == versionId) ? stored : null;

    private async Task<byte[]> ReceiveAsync(UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken);
        Promised(bytes.Length == body.Length, "a body of another length");
        Promised(checksum is null == !Capabilities.Supports(BucketFeatures.UploadChecksum), "a checksum that fits the capabilities");
        Promised(checksum is null || checksum.Equals(ChecksumHasher.Compute(Capabilities.UploadChecksumAlgorithm, bytes.ToArray())), "a right checksum");
        return bytes.ToArray();
    }

    private PutResult Store(string key, byte[] bytes, PutOptions options)
    {
        lock (_lock)
        {
            var there = Find(key, null);
            if (options.Condition.Kind is WriteConditionKind.MustNotExist && there is not null)
            {
                throw Errors.Exists();
            }

            if (options.Condition.Kind is WriteConditionKind.MustMatch && there?.Tag != options.Condition.Tag)
            {
                throw Errors.Precondition();
            }

            var stored = new StoredObject(bytes, storage.NextTag(), null)
            {
                Headers = options.Headers,
                Metadata = options.Metadata,
                Tags = options.Tags,
                Tier = options.Tier,
                Checksum = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes),
            };
            Objects[key] = stored;
            return new PutResult { Tag = stored.Tag };
        }
    }
}
