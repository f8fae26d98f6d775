using System.Text;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>A bucket of the embedded store.</summary>
internal sealed class LocalBucketDriver(LocalStorageDriver storage, string name) : BucketDriver
{
    public override string Name => name;

    /// <summary>The store that it is in; two drivers of one root are one store.</summary>
    public string Root => storage.Root;

    public override ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(LocalCapabilities.WithSigning);

    public override async Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions options, CancellationToken cancellationToken)
    {
        var store = await storage.OpenAsync(cancellationToken).ConfigureAwait(false);
        return ObjectReads.TryGetInfo(store, name, key, options.VersionId);
    }

    public override async Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken)
    {
        var store = await storage.OpenAsync(cancellationToken).ConfigureAwait(false);
        return ObjectReads.Get(store, name, key, options);
    }

    public override async Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var store = await storage.OpenAsync(cancellationToken).ConfigureAwait(false);
        var attributes = StoredAttributes.Of(options.Headers, options.Metadata, options.Tags).Write();
        return await ReceiveAsync(
            store,
            key,
            body,
            checksum,
            (transaction, received) => Result(transaction, ObjectWrites.Put(transaction, name, key, received, options, attributes, storage.Now)),
            cancellationToken).ConfigureAwait(false);
    }

    public override async Task<ListPage> ListPageAsync(ListOptions options, CancellationToken cancellationToken) =>
        await ReadAsync(options, static (database, bucket, options) => Listings.Objects(database, bucket, options), cancellationToken).ConfigureAwait(false);

    public override async Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken)
    {
        var outcome = await WriteAsync(transaction => ObjectWrites.Delete(transaction, name, key, options, storage.Now), cancellationToken).ConfigureAwait(false);
        return new DeleteResult(key, outcome);
    }

    public override async Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions();
        return await WriteAsync<IReadOnlyList<DeleteResult>>(
            transaction => [.. keys.Select(key => new DeleteResult(key, ObjectWrites.Delete(transaction, name, key, options, storage.Now)))],
            cancellationToken).ConfigureAwait(false);
    }

    public override bool CanCopyFrom(BucketDriver source) => Native(source) is { } other && other.Root == Root;

    public override bool IsInStoreOf(BucketDriver other) => CanCopyFrom(other);

    public override Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken) =>
        WriteAsync(transaction => Result(transaction, ObjectWrites.Copy(transaction, name, source, key, options, storage.Now)), cancellationToken);

    public override Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken)
    {
        var attributes = StoredAttributes.Of(options.Headers, options.Metadata, options.Tags).Write();
        return WriteAsync(transaction => Uploads.Create(transaction, name, key, options, attributes, storage.Now), cancellationToken);
    }

    public override async Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken)
    {
        var store = await storage.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await ReceiveAsync(
            store,
            upload.Key,
            body,
            checksum,
            (transaction, received) => Uploads.PutPart(transaction, name, upload, number, received),
            cancellationToken).ConfigureAwait(false);
    }

    public override async Task<UploadedPart> CopyPartAsync(
        MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken)
    {
        var store = await storage.OpenAsync(cancellationToken).ConfigureAwait(false);
        var range = new ServedRange(offset, length);
        var part = await PartChecksums.ReadAsync(store, source, range, cancellationToken).ConfigureAwait(false);
        return await store.Writer.RunAsync(
            transaction => Uploads.CopyPart(transaction, name, upload, number, source, range, part), cancellationToken).ConfigureAwait(false);
    }

    public override async Task<PartPage> ListPartsPageAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken) =>
        await ReadAsync(
            (upload, continuationToken),
            static (database, bucket, job) => Uploads.ListParts(database, Listings.RequireBucket(database, bucket), job.upload, job.continuationToken),
            cancellationToken).ConfigureAwait(false);

    public override Task<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        WriteAsync(transaction => Result(transaction, Uploads.Complete(transaction, name, upload, parts, checksum, options, storage.Now)), cancellationToken);

    public override Task AbortUploadAsync(MultipartUpload upload, CancellationToken cancellationToken) => WriteAsync(
        transaction =>
        {
            Uploads.Abort(transaction, name, upload);
            return true;
        },
        cancellationToken);

    public override async Task<UploadPage> ListUploadsPageAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken) =>
        await ReadAsync(
            (prefix, continuationToken),
            static (database, bucket, job) => Uploads.List(database, Listings.RequireBucket(database, bucket), job.prefix, job.continuationToken),
            cancellationToken).ConfigureAwait(false);

    public override Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken) =>
        storage.Signing.SignAsync(name, key, options, cancellationToken);

    public override async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken) =>
        await ReadAsync(
            key,
            static (database, bucket, key) => ObjectReads.Find(database, bucket, Encoding.UTF8.GetBytes(key), versionId: null) is { } found
                ? StoredAttributes.Read(found.Row.Attributes).ToTags()
                : throw StorageErrors.ObjectNotFound(key),
            cancellationToken).ConfigureAwait(false);

    public override Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var copy = StoredAttributes.Copy(tags);
        return UpdateAsync(key, row => row with { Attributes = (StoredAttributes.Read(row.Attributes) with { Tags = copy }).Write() }, cancellationToken);
    }

    public override Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken) =>
        UpdateAsync(key, row => row with { Tier = tier }, cancellationToken);

    public override async Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken) =>
        await ReadAsync(0, static (database, bucket, _) => Listings.RequireBucket(database, bucket).Versioning, cancellationToken).ConfigureAwait(false);

    public override Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken) => WriteAsync(
        transaction =>
        {
            var bucket = transaction.RequireBucket(name);
            transaction.Database.Prepare("UPDATE buckets SET versioning = ?2 WHERE id = ?1").Bind(1, bucket.Id).Bind(2, (long)state).Execute();
            transaction.ForgetBucket(name);
            return true;
        },
        cancellationToken);

    public override async Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions options, CancellationToken cancellationToken) =>
        await ReadAsync(options, static (database, bucket, options) => Listings.Versions(database, bucket, options), cancellationToken).ConfigureAwait(false);

    public override object? GetService(Type serviceType) => serviceType == typeof(LocalBucketDriver) ? this : storage.GetService(serviceType);

    // Other drivers may stand in front of the source's; what it is at the bottom decides.
    private static LocalBucketDriver? Native(BucketDriver source) => source.GetService(typeof(LocalBucketDriver)) as LocalBucketDriver;

    private static PutResult Result(BucketRow bucket, ObjectRow row) => new()
    {
        Tag = row.VersionTag,
        VersionId = row.VersionId(bucket.Versioning),
        Size = row.Size,
        Checksum = row.Crc is { } crc ? StoredCrc.ToChecksum(crc) : null,
    };

    private PutResult Result(WriteTransaction transaction, ObjectRow row) => Result(transaction.RequireBucket(name), row);

    private async Task<T> ReadAsync<TState, T>(TState state, Func<SqliteDatabase, string, TState, T> read, CancellationToken cancellationToken)
    {
        var store = await storage.OpenAsync(cancellationToken).ConfigureAwait(false);
        return store.Readers.UseSnapshot((state, read, name), static (database, job) => job.read(database, job.name, job.state));
    }

    private async Task<T> WriteAsync<T>(Func<WriteTransaction, T> change, CancellationToken cancellationToken)
    {
        var store = await storage.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await store.Writer.RunAsync(change, cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> UpdateAsync(string key, Func<ObjectRow, ObjectRow> change, CancellationToken cancellationToken) => WriteAsync(
        transaction =>
        {
            ObjectWrites.Update(transaction, name, key, change);
            return true;
        },
        cancellationToken);

    private static async Task<T> ReceiveAsync<T>(
        LocalStore store, string key, UploadBody body, Checksum? checksum, Func<WriteTransaction, ReceivedBody, T> change, CancellationToken cancellationToken)
    {
        var received = await store.Receiver.ReceiveAsync(key, body, checksum, cancellationToken).ConfigureAwait(false);
        try
        {
            return await store.Writer.RunAsync(transaction => change(transaction, received), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            store.Receiver.Drop(received, exception);
            throw;
        }
    }
}
