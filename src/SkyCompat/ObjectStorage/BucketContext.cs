using System.Runtime.CompilerServices;
using SkyCompat.Drivers;
using SkyCompat.Memory;
using SkyCompat.Resilience;

namespace SkyCompat.ObjectStorage;

/// <summary>What the parts of the engine share for one bucket.</summary>
internal sealed class BucketContext(BucketDriver driver, StorageDriver storage, CloudCalls calls, ByteBudget budget, KeyPolicy keyPolicy)
{
    private static readonly GetInfoOptions DefaultInfo = new();

    private bool _bucketWasSeen;
    private EffectiveCapabilities? _effective;

    public BucketDriver Driver { get; } = driver;

    public CloudCalls Calls { get; } = calls;

    public ByteBudget Budget { get; } = budget;

    public KeyPolicy KeyPolicy { get; } = keyPolicy;

    public string Name => Driver.Name;

    public ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken)
    {
        var known = Driver.GetCapabilitiesAsync(cancellationToken);
        return known.IsCompletedSuccessfully ? known : new ValueTask<BucketCapabilities>(ProbeAsync(known));

        // What was begun is the first attempt of a call like all others, so that its failure is named, counted and retried like theirs.
        async Task<BucketCapabilities> ProbeAsync(ValueTask<BucketCapabilities> begun) => await SendAsync(
            "GetBucketCapabilities",
            null,
            (Driver, begun: begun.AsTask()),
            static (s, attempt) => attempt.Number == 1 ? s.begun.WaitAsync(attempt.Token) : s.Driver.GetCapabilitiesAsync(attempt.Token).AsTask(),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the bucket can do with the engine's help.</summary>
    public async ValueTask<BucketCapabilities> GetEffectiveCapabilitiesAsync(CancellationToken cancellationToken)
    {
        var own = await GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        var known = _effective;
        if (known is null || !ReferenceEquals(known.Own, own))
        {
            _effective = known = new EffectiveCapabilities(own, own with { Features = own.Features | EmulatedFeatures(own), MaxMetadataBytes = own.MaxMetadataBytes - WriteStamp.Bytes });
        }

        return known.Effective;
    }

    /// <summary>Sends one request, with retries.</summary>
    public ValueTask<TResult> SendAsync<TState, TResult>(string operation, string? key, TState state, Func<TState, Attempt, Task<TResult>> send, CancellationToken cancellationToken) =>
        Calls.SendAsync(NewCall(operation, key), state, send, cancellationToken);

    public CallState NewCall(string operation, string? key) => new(operation, CloudCalls.Resource(Name, key));

    /// <summary>Looks an object up, the engine's own metadata included; null if there is none. A missing bucket is told from a missing object by one more request, until the bucket was seen once.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ObjectInfo?> LookUpAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        var info = await SendAsync(
            "GetObjectInfo",
            key,
            (Driver, key, options: versionId is null ? DefaultInfo : new GetInfoOptions { VersionId = versionId }),
            static (s, attempt) => s.Driver.TryGetInfoAsync(s.key, s.options, attempt.Token),
            cancellationToken).ConfigureAwait(false);
        if (info is null && !_bucketWasSeen)
        {
            await EnsureBucketAsync(cancellationToken).ConfigureAwait(false);
        }

        _bucketWasSeen = true;
        return info;
    }

    public void Require(BucketCapabilities capabilities, BucketFeatures features, string what)
    {
        if (!capabilities.Supports(features))
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"Bucket '{Name}' on cloud '{Calls.Cloud.Name}' cannot {what} (it lacks {features & ~capabilities.Features}).")
            {
                Provider = Calls.Cloud.Provider,
                Resource = Name,
            };
        }
    }

    /// <summary>A copy whose store takes no condition is made in parts, and the condition bound when they are joined.</summary>
    private static BucketFeatures EmulatedFeatures(BucketCapabilities own)
    {
        const BucketFeatures Parts = BucketFeatures.ServerSideCopy | BucketFeatures.PartCopy | BucketFeatures.Multipart;
        return (own.Supports(Parts | BucketFeatures.MultipartIfAbsent | BucketFeatures.PutIfAbsent) ? BucketFeatures.CopyIfAbsent : BucketFeatures.None)
            | (own.Supports(Parts | BucketFeatures.MultipartIfMatch | BucketFeatures.PutIfMatch) ? BucketFeatures.CopyIfMatch : BucketFeatures.None);
    }

    private async Task EnsureBucketAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await SendAsync("GetBucketInfo", null, (storage, Name), static (s, attempt) => s.storage.TryGetBucketInfoAsync(s.Name, attempt.Token), cancellationToken).ConfigureAwait(false)
                ?? throw new CloudException(CloudErrorCode.NotFound, "There is no such bucket. Create it, or correct its name.")
                {
                    Reason = ObjectStorageErrorReasons.BucketNotFound,
                    Resource = Name,
                };
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PermissionDenied or CloudErrorCode.Unsupported)
        {
            // These credentials may read objects and not look at buckets: then a missing object is all that can be said.
        }
    }

    private sealed record EffectiveCapabilities(BucketCapabilities Own, BucketCapabilities Effective);
}
