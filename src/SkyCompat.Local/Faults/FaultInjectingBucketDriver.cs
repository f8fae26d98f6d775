using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>A bucket whose requests meet faults.</summary>
internal sealed class FaultInjectingBucketDriver(BucketDriver inner, FaultInjector faults) : BucketDriver
{
    public override string Name => inner.Name;

    public override ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken) => inner.GetCapabilitiesAsync(cancellationToken);

    public override Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions options, CancellationToken cancellationToken) =>
        Read(FaultOperations.GetInfo, () => inner.TryGetInfoAsync(key, options, cancellationToken), cancellationToken);

    public override Task<ObjectContent> GetAsync(string key, GetOptions options, CancellationToken cancellationToken) =>
        faults.RunAsync(FaultOperations.Get, writes: false, () => inner.GetAsync(key, options, cancellationToken), cancellationToken, Damage);

    public override Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        Write(FaultOperations.Put, () => inner.PutAsync(key, body, checksum, options, cancellationToken), cancellationToken);

    public override Task<ListPage> ListPageAsync(ListOptions options, CancellationToken cancellationToken) =>
        Read(FaultOperations.List, () => inner.ListPageAsync(options, cancellationToken), cancellationToken);

    public override Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken) =>
        Write(FaultOperations.Delete, () => inner.DeleteAsync(key, options, cancellationToken), cancellationToken);

    public override Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Write(FaultOperations.DeleteBatch, () => inner.DeleteBatchAsync(keys, cancellationToken), cancellationToken);

    public override bool CanCopyFrom(BucketDriver source) => inner.CanCopyFrom(Unwrap(source));

    public override bool IsInStoreOf(BucketDriver other) => inner.IsInStoreOf(Unwrap(other));

    public override Task<PutResult> CopyAsync(CopySource source, string key, CopyOptions options, CancellationToken cancellationToken) =>
        Write(FaultOperations.Copy, () => inner.CopyAsync(Unwrap(source), key, options, cancellationToken), cancellationToken);

    public override Task<MultipartUpload> CreateUploadAsync(string key, PutOptions options, CancellationToken cancellationToken) =>
        Write(FaultOperations.CreateUpload, () => inner.CreateUploadAsync(key, options, cancellationToken), cancellationToken);

    public override Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, UploadBody body, Checksum? checksum, CancellationToken cancellationToken) =>
        Write(FaultOperations.PutPart, () => inner.PutPartAsync(upload, number, body, checksum, cancellationToken), cancellationToken);

    public override Task<UploadedPart> CopyPartAsync(
        MultipartUpload upload, int number, CopySource source, long offset, long length, CancellationToken cancellationToken) =>
        Write(FaultOperations.CopyPart, () => inner.CopyPartAsync(upload, number, Unwrap(source), offset, length, cancellationToken), cancellationToken);

    public override Task<UploadedPart> PullPartAsync(
        MultipartUpload upload, int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken) =>
        Write(FaultOperations.CopyPart, () => inner.PullPartAsync(upload, number, source, offset, length, cancellationToken), cancellationToken);

    public override Task<PartPage> ListPartsPageAsync(MultipartUpload upload, string? continuationToken, CancellationToken cancellationToken) =>
        Read(FaultOperations.ListUploads, () => inner.ListPartsPageAsync(upload, continuationToken, cancellationToken), cancellationToken);

    public override Task<PutResult> CompleteUploadAsync(
        MultipartUpload upload, IReadOnlyList<UploadedPart> parts, Checksum? checksum, PutOptions options, CancellationToken cancellationToken) =>
        Write(FaultOperations.CompleteUpload, () => inner.CompleteUploadAsync(upload, parts, checksum, options, cancellationToken), cancellationToken);

    public override Task AbortUploadAsync(MultipartUpload upload, CancellationToken cancellationToken) =>
        faults.RunAsync(FaultOperations.AbortUpload, writes: true, () => inner.AbortUploadAsync(upload, cancellationToken), cancellationToken);

    public override Task<UploadPage> ListUploadsPageAsync(string? prefix, string? continuationToken, CancellationToken cancellationToken) =>
        Read(FaultOperations.ListUploads, () => inner.ListUploadsPageAsync(prefix, continuationToken, cancellationToken), cancellationToken);

    public override Task<SignedRequest> SignAsync(string key, SignOptions options, CancellationToken cancellationToken) => inner.SignAsync(key, options, cancellationToken);

    public override Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken) =>
        Read(FaultOperations.Attributes, () => inner.GetTagsAsync(key, cancellationToken), cancellationToken);

    public override Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken) =>
        faults.RunAsync(FaultOperations.Attributes, writes: true, () => inner.SetTagsAsync(key, tags, cancellationToken), cancellationToken);

    public override Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken) =>
        faults.RunAsync(FaultOperations.Attributes, writes: true, () => inner.SetTierAsync(key, tier, cancellationToken), cancellationToken);

    public override Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken) =>
        Read(FaultOperations.Attributes, () => inner.GetVersioningAsync(cancellationToken), cancellationToken);

    public override Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken) =>
        faults.RunAsync(FaultOperations.Attributes, writes: true, () => inner.SetVersioningAsync(state, cancellationToken), cancellationToken);

    public override Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions options, CancellationToken cancellationToken) =>
        Read(FaultOperations.List, () => inner.ListVersionsPageAsync(options, cancellationToken), cancellationToken);

    public override object? GetService(Type serviceType) => inner.GetService(serviceType);

    // A driver judges sources by their own type, so it must see what is beneath the wrapper.
    private static BucketDriver Unwrap(BucketDriver source) => source is FaultInjectingBucketDriver wrapper ? wrapper.Inner : source;

    private static CopySource Unwrap(CopySource source) => source with { Bucket = Unwrap(source.Bucket) };

    private BucketDriver Inner => inner;

    private ObjectContent Damage(ObjectContent content, List<FaultRule> rules) =>
        new(content.Info, content.Offset, content.Length, new FaultyBodyStream(content.AsStream(), rules, faults.Time));

    private Task<T> Read<T>(FaultOperations operation, Func<Task<T>> call, CancellationToken cancellationToken) =>
        faults.RunAsync(operation, writes: false, call, cancellationToken);

    private Task<T> Write<T>(FaultOperations operation, Func<Task<T>> call, CancellationToken cancellationToken) =>
        faults.RunAsync(operation, writes: true, call, cancellationToken);
}
