using System.Buffers;
using System.Runtime.CompilerServices;

namespace SkyCompat.ObjectStorage;

/// <summary>Shows only the keys under a prefix, without it.</summary>
internal sealed class PrefixBucket(IBucket inner, string prefix) : DelegatingBucket(inner), IObjectLocator
{
    public override object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(IObjectTags) ? Inner.GetService<IObjectTags>() is { } tags ? new PrefixTags(this, tags) : null
            : serviceType == typeof(IObjectTiers) ? Inner.GetService<IObjectTiers>() is { } tiers ? new PrefixTiers(this, tiers) : null
            : serviceType == typeof(IBucketVersions) ? Inner.GetService<IBucketVersions>() is { } versions ? new PrefixVersions(this, versions) : null
            : serviceType == typeof(IMultipartUploads) ? Inner.GetService<IMultipartUploads>() is { } uploads ? new PrefixUploads(this, uploads) : null
            : serviceType == typeof(IPartPulls) ? Inner.GetService<IPartPulls>() is { } pulls ? new PrefixPulls(this, pulls) : null
            : Inner.GetService(serviceType);
    }

    public ObjectReference Locate(string key, string? versionId) =>
        Inner.GetService<IObjectLocator>()?.Locate(ToInner(key), versionId) ?? new ObjectReference(Inner, ToInner(key), versionId);

    public override async Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions? options = null, CancellationToken cancellationToken = default) =>
        await Inner.TryGetInfoAsync(ToInner(key), options, cancellationToken).ConfigureAwait(false) is { } info ? ToOuter(info) : null;

    public override async Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        var content = await Inner.GetAsync(ToInner(key), options, cancellationToken).ConfigureAwait(false);
        return new ObjectContent(ToOuter(content.Info), content.Offset, content.Length, content.AsStream());
    }

    public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.PutAsync(ToInner(key), body, options, cancellationToken);

    public override ObjectWriter OpenWrite(string key, PutOptions? options = null) => Inner.OpenWrite(ToInner(key), options);

    public override async Task<ListPage> ListPageAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ListOptions();
        var page = await Inner.ListPageAsync(
            options with { Prefix = prefix + options.Prefix, StartAfter = string.IsNullOrEmpty(options.StartAfter) ? null : prefix + options.StartAfter },
            cancellationToken).ConfigureAwait(false);

        // An object whose whole key is the prefix has no key in this view.
        return page with { Entries = [.. page.Entries.Where(entry => entry.Key.Length > prefix.Length).Select(entry => entry with { Key = entry.Key[prefix.Length..] })] };
    }

    public override async Task<DeleteResult> DeleteAsync(string key, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        await Inner.DeleteAsync(ToInner(key), options, cancellationToken).ConfigureAwait(false) with { Key = key };

    public override async IAsyncEnumerable<DeleteResult> DeleteManyAsync(IAsyncEnumerable<string> keys, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // An empty key stays empty, so that it becomes a failed result beneath, in its place.
        var innerKeys = keys.Select(key => key is "" ? key : ToInner(key));
        await foreach (var result in Inner.DeleteManyAsync(innerKeys, cancellationToken).ConfigureAwait(false))
        {
            yield return result with { Key = result.Key.Length >= prefix.Length ? result.Key[prefix.Length..] : result.Key };
        }
    }

    public override Task<PutResult> CopyAsync(ObjectReference source, string key, CopyOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.CopyAsync(source, ToInner(key), options, cancellationToken);

    public override Task<SignedRequest> SignAsync(string key, SignOptions? options = null, CancellationToken cancellationToken = default) =>
        Inner.SignAsync(ToInner(key), options, cancellationToken);

    private string ToInner(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length > 0
            ? prefix + key
            : throw new CloudException(CloudErrorCode.InvalidArgument, "The key is empty.") { Reason = ObjectStorageErrorReasons.InvalidKey };
    }

    private ObjectInfo ToOuter(ObjectInfo info) => info with { Key = info.Key[prefix.Length..] };

    private MultipartUpload ToInner(MultipartUpload upload) => upload with { Key = ToInner(upload.Key) };

    private MultipartUpload ToOuter(MultipartUpload upload) => upload with { Key = upload.Key[prefix.Length..] };

    private sealed class PrefixTags(PrefixBucket owner, IObjectTags inner) : IObjectTags
    {
        public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken = default) => inner.GetTagsAsync(owner.ToInner(key), cancellationToken);

        public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default) => inner.SetTagsAsync(owner.ToInner(key), tags, cancellationToken);
    }

    private sealed class PrefixTiers(PrefixBucket owner, IObjectTiers inner) : IObjectTiers
    {
        public Task SetTierAsync(string key, StorageTier tier, CancellationToken cancellationToken = default) => inner.SetTierAsync(owner.ToInner(key), tier, cancellationToken);
    }

    /// <summary>Versions under the prefix. Whether versions are kept is the whole bucket's affair, so a view of a part of it cannot switch it.</summary>
    private sealed class PrefixVersions(PrefixBucket owner, IBucketVersions inner) : IBucketVersions
    {
        public Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken = default) => inner.GetVersioningAsync(cancellationToken);

        public Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken = default) => throw new CloudException(
            CloudErrorCode.PermissionDenied, "A view of a prefix cannot switch the versioning of the whole bucket; use the bucket itself.") { Operation = "SetBucketVersioning", Resource = owner.Name };

        public async Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions? options = null, CancellationToken cancellationToken = default)
        {
            options ??= new ListVersionsOptions();
            var page = await inner.ListVersionsPageAsync(options with { Prefix = owner.ToPrefix(options.Prefix) }, cancellationToken).ConfigureAwait(false);
            return page with { Entries = [.. page.Entries.Where(owner.IsInside).Select(entry => entry with { Key = owner.ToOuter(entry.Key) })] };
        }
    }

    private sealed class PrefixUploads(PrefixBucket owner, IMultipartUploads inner) : IMultipartUploads, IHashedParts
    {
        public async Task<MultipartUpload> CreateAsync(string key, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            owner.ToOuter(await inner.CreateAsync(owner.ToInner(key), options, cancellationToken).ConfigureAwait(false));

        public Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ObjectBody body, CancellationToken cancellationToken = default) =>
            inner.PutPartAsync(owner.ToInner(upload), number, body, cancellationToken);

        public Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ReadOnlySequence<byte> bytes, Checksum checksum, CancellationToken cancellationToken) => inner is IHashedParts hashed
            ? hashed.PutPartAsync(owner.ToInner(upload), number, bytes, checksum, cancellationToken)
            : PutPartAsync(upload, number, ObjectBody.FromBytes(bytes), cancellationToken);

        public IAsyncEnumerable<UploadedPart> ListPartsAsync(MultipartUpload upload, CancellationToken cancellationToken = default) => inner.ListPartsAsync(owner.ToInner(upload), cancellationToken);

        public Task<PutResult> CompleteAsync(MultipartUpload upload, IReadOnlyCollection<UploadedPart> parts, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            inner.CompleteAsync(owner.ToInner(upload), parts, options, cancellationToken);

        public Task AbortAsync(MultipartUpload upload, CancellationToken cancellationToken = default) => inner.AbortAsync(owner.ToInner(upload), cancellationToken);

        public IAsyncEnumerable<MultipartUpload> ListUploadsAsync(string? prefix = null, CancellationToken cancellationToken = default) =>
            inner.ListUploadsAsync(owner.ToPrefix(prefix), cancellationToken).Where(upload => upload.Key.Length > owner.ToPrefix(null).Length).Select(owner.ToOuter);
    }

    private sealed class PrefixPulls(PrefixBucket owner, IPartPulls inner) : IPartPulls
    {
        public Task<UploadedPart> PullPartAsync(MultipartUpload upload, int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken = default) =>
            inner.PullPartAsync(owner.ToInner(upload), number, source, offset, length, cancellationToken);
    }

    private string ToPrefix(string? rest) => prefix + rest;

    private string ToOuter(string key) => key[prefix.Length..];

    private bool IsInside(VersionEntry entry) => entry.Key.Length > prefix.Length;
}
