using System.Runtime.CompilerServices;

namespace SkyCompat.ObjectStorage;

/// <summary>The portable bucket over a driver: what must be the same on every cloud is here and in the parts it is made of.</summary>
internal sealed class Bucket(BucketContext context) : IBucket, IObjectLocator
{
    private static readonly ListOptions DefaultList = new();
    private static readonly SignOptions DefaultSign = new();

    private readonly ObjectReader _reader = new(context);
    private readonly ObjectDeleter _deleter = new(context, new WriteRequests(context));
    private readonly WriteRequests _requests = new(context);

    public BucketContext Context { get; } = context;

    public string Name => Context.Name;

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(IObjectTags) ? IfOffered(BucketFeatures.Tags, static (c, _) => new ObjectTags(c))
            : serviceType == typeof(IObjectTiers) ? IfOffered(BucketFeatures.Tiers, static (c, _) => new ObjectTiers(c))
            : serviceType == typeof(IBucketVersions) ? IfOffered(BucketFeatures.Versions, static (c, _) => new BucketVersions(c))
            : serviceType == typeof(IMultipartUploads) ? IfOffered(BucketFeatures.Multipart, static (c, r) => new MultipartUploads(c, r))
            : serviceType == typeof(IPartPulls) ? IfOffered(BucketFeatures.PullParts, static (c, _) => new PartPulls(c))
            : Context.Driver.GetService(serviceType);
    }

    public ObjectReference Locate(string key, string? versionId) => new(this, key, versionId);

    public ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken = default) => Context.GetEffectiveCapabilitiesAsync(cancellationToken);

    public Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Trace(
            "GetObjectInfo",
            key,
            (Context, key, options?.VersionId),
            static async (s, token) =>
            {
                var capabilities = await s.Context.GetCapabilitiesAsync(token).ConfigureAwait(false);
                KeyRules.CheckExisting(s.key, capabilities);
                if (s.VersionId is not null)
                {
                    s.Context.Require(capabilities, BucketFeatures.Versions, "look up a version");
                }

                return await s.Context.LookUpAsync(s.key, s.VersionId, token).ConfigureAwait(false) is { } info ? AttributeRules.HideReserved(info) : null;
            },
            cancellationToken);
    }

    public Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Trace("GetObject", key, (_reader, key, options: options ?? ObjectReader.DefaultOptions), static (s, token) => s._reader.OpenAsync(s.key, s.options, token), cancellationToken);
    }

    public Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(body);
        return Trace("PutObject", key, (_requests, key, body, options: options ?? WriteRequests.DefaultOptions), static (s, token) => PutCoreAsync(s._requests, s.key, s.body, s.options, token), cancellationToken);
    }

    public ObjectWriter OpenWrite(string key, PutOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        options ??= WriteRequests.DefaultOptions;
        var capabilities = Context.Driver.GetCapabilitiesAsync(CancellationToken.None);
        if (capabilities.IsCompletedSuccessfully)
        {
            _requests.Check(key, options, capabilities.GetAwaiter().GetResult());
        }
        else
        {
            // The probe goes on and its result is cached by the driver; the first write looks again.
            _ = capabilities.AsTask();
        }

        return new ObjectUploader(_requests, key, options, length: null, traced: true);
    }

    public Task<ListPage> ListPageAsync(ListOptions? options = null, CancellationToken cancellationToken = default) => Trace(
        "ListObjects",
        null,
        (Context, options: options ?? DefaultList),
        static async (s, token) =>
        {
            var capabilities = await s.Context.GetCapabilitiesAsync(token).ConfigureAwait(false);
            var options = s.options;
            KeyRules.CheckListText(options.Prefix);
            KeyRules.CheckListText(options.Delimiter);
            KeyRules.CheckListText(options.StartAfter);
            options = options with
            {
                PageSize = PageSize(options.PageSize, capabilities),
                Prefix = NullIfEmpty(options.Prefix),
                Delimiter = NullIfEmpty(options.Delimiter),
                StartAfter = NullIfEmpty(options.StartAfter),
            };
            return await s.Context.SendAsync("ListObjects", null, (s.Context.Driver, options), static (c, attempt) => c.Driver.ListPageAsync(c.options, attempt.Token), token).ConfigureAwait(false);
        },
        cancellationToken);

    public Task<DeleteResult> DeleteAsync(string key, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Trace("DeleteObject", key, (_deleter, key, options: options ?? ObjectDeleter.DefaultOptions), static (s, token) => s._deleter.DeleteAsync(s.key, s.options, token), cancellationToken);
    }

    public async IAsyncEnumerable<DeleteResult> DeleteManyAsync(IAsyncEnumerable<string> keys, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        using var activity = Context.Calls.StartActivity("DeleteObjects", Name, null);
        await foreach (var result in _deleter.DeleteManyAsync(keys, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    public Task<PutResult> CopyAsync(ObjectReference source, string key, CopyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(key);
        return Trace(
            "CopyObject",
            key,
            (copier: new ObjectCopier(Context, _requests), source, key, options: options ?? ObjectCopier.DefaultOptions),
            static (s, token) => new ValueTask<PutResult>(s.copier.CopyAsync(s.source, s.key, s.options, token)),
            cancellationToken);
    }

    public Task<SignedRequest> SignAsync(string key, SignOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Trace("SignRequest", key, (Context, key, options: options ?? DefaultSign), static (s, token) => SignCoreAsync(s.Context, s.key, s.options, token), cancellationToken);
    }

    /// <summary>The page size that a provider takes; 0 is its own.</summary>
    internal static int PageSize(int wanted, BucketCapabilities capabilities) => wanted >= 0
        ? Math.Min(wanted, capabilities.MaxPageSize)
        : throw new CloudException(CloudErrorCode.InvalidArgument, $"PageSize is at least 0, not {wanted}.");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<PutResult> PutCoreAsync(WriteRequests requests, string key, ObjectBody body, PutOptions options, CancellationToken cancellationToken)
    {
        if (body.TryGetBytes(out var bytes) && bytes.Length <= PartPlan.SingleRequestBytes)
        {
            var capabilities = await requests.Bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
            if (bytes.Length <= capabilities.MaxPutBytes)
            {
                return await requests.PutAsync(key, bytes, requests.Check(key, options, capabilities), capabilities, cancellationToken).ConfigureAwait(false);
            }
        }

        var uploader = new ObjectUploader(requests, key, options, body.Length, traced: false);
        await using (uploader.ConfigureAwait(false))
        {
            if (body.TryGetBytes(out bytes))
            {
                await uploader.ReadFromAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var stream = body.OpenStream();
                await using (stream.ConfigureAwait(false))
                {
                    await uploader.ReadFromAsync(stream, cancellationToken).ConfigureAwait(false);
                }
            }

            return await uploader.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<SignedRequest> SignCoreAsync(BucketContext context, string key, SignOptions options, CancellationToken cancellationToken)
    {
        var capabilities = await context.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        var writes = options.Method is SignedMethod.Put;
        context.Require(
            capabilities,
            writes ? BucketFeatures.SignPut : options.Method is SignedMethod.Delete ? BucketFeatures.SignDelete : BucketFeatures.SignGet,
            $"sign a {options.Method} request");
        if (writes)
        {
            KeyRules.CheckNew(key, context.KeyPolicy, capabilities);
        }
        else
        {
            KeyRules.CheckExisting(key, capabilities);
        }

        if (options.Lifetime < TimeSpan.FromSeconds(1) || options.Lifetime > capabilities.MaxSignedLifetime)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"Lifetime is from 1 second to {capabilities.MaxSignedLifetime}, not {options.Lifetime}.");
        }

        if (options.VersionId is not null)
        {
            context.Require(capabilities, BucketFeatures.Versions, "sign a request for a version");
        }

        if (options.ResponseHeaders is { } headers)
        {
            context.Require(capabilities, BucketFeatures.SignedResponseHeaders, "override the headers of a reply");
            AttributeRules.CheckHeaders(headers);
        }

        if (options.ContentType is { } type)
        {
            AttributeRules.CheckHeaders(new ContentHeaders { ContentType = type });
        }

        return await context.SendAsync("SignRequest", key, (context.Driver, key, options), static (s, attempt) => s.Driver.SignAsync(s.key, s.options, attempt.Token), cancellationToken).ConfigureAwait(false);
    }

    private Task<TResult> Trace<TState, TResult>(string operation, string? key, TState state, Func<TState, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken) =>
        Context.Calls.TraceAsync(operation, Name, key, state, run, cancellationToken);

    /// <summary>An ability, unless the bucket is known to lack it. Where that needs a probe, the ability is given and its members find out.</summary>
    private object? IfOffered(BucketFeatures feature, Func<BucketContext, WriteRequests, object> create)
    {
        var capabilities = Context.Driver.GetCapabilitiesAsync(CancellationToken.None);
        if (capabilities.IsCompletedSuccessfully)
        {
            return capabilities.GetAwaiter().GetResult().Supports(feature) ? create(Context, _requests) : null;
        }

        _ = capabilities.AsTask();
        return create(Context, _requests);
    }
}
