using System.Buffers;
using System.Globalization;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>A bucket in memory.</summary>
internal sealed class InMemoryBucketDriver(InMemoryStorageDriver storage, string name) : BucketDriver
{
    private const int PageSize = 1000;

    public override string Name => name;

    public override ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(LocalCapabilities.WithoutSigning);

    public override Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions options, CancellationToken cancellationToken) =>
        RunAsync(bucket => bucket.FindReadable(key, options.VersionId)?.ToInfo(key, bucket.Versioning), cancellationToken);

    public override Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken) => RunAsync(
        bucket =>
        {
            var found = bucket.RequireReadable(key, options.VersionId);
            var info = found.ToInfo(key, bucket.Versioning);
            Conditions.CheckRead(options.Condition, info);
            Conditions.CheckTier(info.Tier, key);
            var range = ServedRange.Of(options.Range, key, info.Size);
            return new ObjectContent(info, range.Offset, range.Length, new MemoryBodyStream(found.Body.Slice((int)range.Offset, (int)range.Length)));
        },
        cancellationToken);

    public override Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var bytes = body.Bytes.ToArray();
        var crc = Crc32C.Append(0, bytes);
        return RunAsync(
            bucket =>
            {
                StoredCrc.Verify(crc, checksum, key);
                return Result(bucket, bucket.Put(key, bytes, crc, options));
            },
            cancellationToken);
    }

    public override Task<ListPage> ListPageAsync(ListOptions options, CancellationToken cancellationToken) => RunAsync(
        bucket =>
        {
            using var cursor = new MemoryKeyCursor(bucket.Keys);
            return ListScanner.Scan(cursor, options);
        },
        cancellationToken);

    public override Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken) =>
        RunAsync(bucket => new DeleteResult(key, bucket.Delete(key, options)), cancellationToken);

    public override Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions();
        return RunAsync<IReadOnlyList<DeleteResult>>(bucket => [.. keys.Select(key => new DeleteResult(key, bucket.Delete(key, options)))], cancellationToken);
    }

    public override bool CanCopyFrom(BucketDriver source) => ReferenceEquals(source.GetService(typeof(InMemoryStorageDriver)), storage);

    public override Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken) =>
        RunAsync(bucket => Result(bucket, bucket.Copy(Require(source), key, options)), cancellationToken);

    public override Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken) => RunAsync(
        bucket =>
        {
            var id = ObjectWrites.NewTag() & long.MaxValue;
            var upload = new MultipartUpload(key, id.ToString("x16", CultureInfo.InvariantCulture)) { StartedAt = storage.Now };
            var frozen = options with { Metadata = MemoryBucket.Freeze(options.Metadata), Tags = MemoryBucket.Freeze(options.Tags) };
            bucket.Uploads.Add((new MemoryKey(key), Number(upload)), new MemoryUpload(upload, frozen));
            return upload;
        },
        cancellationToken);

    public override Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        var bytes = body.Bytes.ToArray();
        var crc = Crc32C.Append(0, bytes);
        return RunAsync(
            bucket =>
            {
                StoredCrc.Verify(crc, checksum, upload.Key);
                return StorePart(Require(bucket, upload), number, bytes, crc);
            },
            cancellationToken);
    }

    public override Task<UploadedPart> CopyPartAsync(
        MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken) => RunAsync(
            bucket =>
            {
                var original = Require(source).Body;
                if (length > original.Length - offset)
                {
                    throw StorageErrors.RangeNotSatisfiable(source.Key, ByteRange.Slice(offset, length), original.Length);
                }

                var bytes = original.Slice((int)offset, (int)length).ToArray();
                return StorePart(Require(bucket, upload), number, bytes, Crc32C.Append(0, bytes));
            },
            cancellationToken);

    public override Task<PartPage> ListPartsPageAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken) => RunAsync(
        bucket =>
        {
            if (!int.TryParse(continuationToken ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            {
                throw StorageErrors.InvalidToken();
            }

            var rest = Require(bucket, upload).Parts.Values.Select(stored => stored.Part).Where(part => part.Number > after).ToList();
            return rest.Count <= PageSize
                ? new PartPage(rest, ContinuationToken: null)
                : new PartPage(rest[..PageSize], rest[PageSize - 1].Number.ToString(CultureInfo.InvariantCulture));
        },
        cancellationToken);

    public override Task<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) => RunAsync(
            bucket =>
            {
                var found = Require(bucket, upload);
                var body = new ArrayBufferWriter<byte>();
                foreach (var part in parts)
                {
                    if (!found.Parts.TryGetValue(part.Number, out var stored) || stored.Part.Tag != part.Tag)
                    {
                        throw StorageErrors.UnknownPart(upload.UploadId, part.Number);
                    }

                    body.Write(stored.Bytes);
                }

                var crc = Crc32C.Append(0, body.WrittenSpan);
                StoredCrc.Verify(crc, checksum, upload.Key);
                var installed = bucket.Put(upload.Key, body.WrittenMemory, crc, found.Options with { Condition = options.Condition });
                bucket.Uploads.Remove((new MemoryKey(upload.Key), Number(upload)));
                return Result(bucket, installed);
            },
            cancellationToken);

    public override Task AbortUploadAsync(MultipartUpload upload, CancellationToken cancellationToken) => RunAsync(
        bucket =>
        {
            Require(bucket, upload);
            return bucket.Uploads.Remove((new MemoryKey(upload.Key), Number(upload)));
        },
        cancellationToken);

    public override Task<UploadPage> ListUploadsPageAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken) => RunAsync(
        bucket =>
        {
            (byte[] Key, long Number)? after = continuationToken is null ? null : SequencedToken.Parse(continuationToken);
            var uploads = bucket.Uploads.Values.Select(found => found.Upload).Where(upload =>
                upload.Key.StartsWith(prefix ?? "", StringComparison.Ordinal)
                && (after is not { } place || (new MemoryKey(upload.Key), Number(upload)).CompareTo((new MemoryKey(place.Key), place.Number)) > 0)).ToList();
            return uploads.Count <= PageSize
                ? new UploadPage(uploads, ContinuationToken: null)
                : new UploadPage(uploads[..PageSize], SequencedToken.Format(uploads[PageSize - 1].Key, Number(uploads[PageSize - 1])));
        },
        cancellationToken);

    public override Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(bucket => bucket.RequireReadable(key, versionId: null).Tags, cancellationToken);

    public override Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        UpdateAsync(key, found => found with { Tags = MemoryBucket.Freeze(tags) }, cancellationToken);

    public override Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken) =>
        UpdateAsync(key, found => found with { Tier = tier }, cancellationToken);

    public override Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken) => RunAsync(bucket => bucket.Versioning, cancellationToken);

    public override Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken) => RunAsync(bucket => bucket.Versioning = state, cancellationToken);

    public override Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions options, CancellationToken cancellationToken) =>
        RunAsync(bucket => bucket.ListVersions(options), cancellationToken);

    public override object? GetService(Type serviceType) => storage.GetService(serviceType);

    private static PutResult Result(MemoryBucket bucket, MemoryObject stored) => new()
    {
        Tag = stored.Tag,
        VersionId = bucket.Versioning == VersioningState.Disabled ? null : stored.VersionId,
        Size = stored.Body.Length,
        Checksum = StoredCrc.ToChecksum(stored.Crc),
    };

    private static MemoryUpload Require(MemoryBucket bucket, MultipartUpload upload) =>
        bucket.Uploads.TryGetValue((new MemoryKey(upload.Key), Number(upload)), out var found) ? found : throw StorageErrors.UploadNotFound(upload.UploadId);

    private static UploadedPart StorePart(MemoryUpload upload, int number, byte[] bytes, uint crc)
    {
        var part = new UploadedPart(number, MemoryBucket.NewTag(), bytes.Length, StoredCrc.ToChecksum(crc));
        upload.Parts[number] = (part, bytes);
        return part;
    }

    private static long Number(MultipartUpload upload) =>
        long.TryParse(upload.UploadId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : throw StorageErrors.UploadNotFound(upload.UploadId);

    private MemoryObject Require(CopySource source)
    {
        var found = storage.Require(source.Bucket.Name).RequireReadable(source.Key, source.VersionId);
        Conditions.CheckMatch(source.IfMatch, source.Key, found.Tag);
        Conditions.CheckTier(found.Tier, source.Key);
        return found;
    }

    private Task<bool> UpdateAsync(string key, Func<MemoryObject, MemoryObject> change, CancellationToken cancellationToken) => RunAsync(
        bucket =>
        {
            bucket.Update(key, change);
            return true;
        },
        cancellationToken);

    private Task<T> RunAsync<T>(Func<MemoryBucket, T> run, CancellationToken cancellationToken) =>
        storage.RunAsync(() => run(storage.Require(name)), cancellationToken);
}
