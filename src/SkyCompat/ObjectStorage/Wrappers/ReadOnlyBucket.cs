namespace SkyCompat.ObjectStorage;

/// <summary>Refuses all writes.</summary>
internal sealed class ReadOnlyBucket(IBucket inner) : DelegatingBucket(inner)
{
    public override object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceType.IsInstanceOfType(this))
        {
            return this;
        }

        // Only what cannot write is passed on; a native client could.
        return serviceType == typeof(IObjectTags) ? Inner.GetService<IObjectTags>() is { } tags ? new ReadOnlyTags(this, tags) : null
            : serviceType == typeof(IBucketVersions) ? Inner.GetService<IBucketVersions>() is { } versions ? new ReadOnlyVersions(this, versions) : null
            : serviceType == typeof(IObjectLocator) ? Inner.GetService(serviceType)
            : null;
    }

    public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) => throw Refuse("PutObject", key);

    public override ObjectWriter OpenWrite(string key, PutOptions? options = null) => throw Refuse("PutObject", key);

    public override Task<DeleteResult> DeleteAsync(string key, DeleteOptions? options = null, CancellationToken cancellationToken = default) => throw Refuse("DeleteObject", key);

    public override IAsyncEnumerable<DeleteResult> DeleteManyAsync(IAsyncEnumerable<string> keys, CancellationToken cancellationToken = default) => throw Refuse("DeleteObjects", null);

    public override Task<PutResult> CopyAsync(ObjectReference source, string key, CopyOptions? options = null, CancellationToken cancellationToken = default) => throw Refuse("CopyObject", key);

    public override Task<SignedRequest> SignAsync(string key, SignOptions? options = null, CancellationToken cancellationToken = default) =>
        options?.Method is SignedMethod.Put or SignedMethod.Delete ? throw Refuse("SignRequest", key) : Inner.SignAsync(key, options, cancellationToken);

    private CloudException Refuse(string operation, string? key) =>
        new(CloudErrorCode.PermissionDenied, $"Bucket '{Name}' was opened read-only.")
        {
            Reason = ObjectStorageErrorReasons.ReadOnly,
            Operation = operation,
            Resource = key is null ? Name : $"{Name}/{key}",
        };

    private sealed class ReadOnlyTags(ReadOnlyBucket owner, IObjectTags inner) : IObjectTags
    {
        public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken = default) => inner.GetTagsAsync(key, cancellationToken);

        public Task SetTagsAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default) => throw owner.Refuse("SetObjectTags", key);
    }

    private sealed class ReadOnlyVersions(ReadOnlyBucket owner, IBucketVersions inner) : IBucketVersions
    {
        public Task<VersioningState> GetVersioningAsync(CancellationToken cancellationToken = default) => inner.GetVersioningAsync(cancellationToken);

        public Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken = default) => throw owner.Refuse("SetBucketVersioning", null);

        public Task<VersionPage> ListVersionsPageAsync(ListVersionsOptions? options = null, CancellationToken cancellationToken = default) => inner.ListVersionsPageAsync(options, cancellationToken);
    }
}
