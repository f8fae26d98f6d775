using System.Runtime.CompilerServices;
using SkyCompat.Drivers;
using SkyCompat.Memory;
using SkyCompat.Resilience;

namespace SkyCompat.ObjectStorage;

/// <summary>What the parts of the engine share for one bucket.</summary>
internal sealed class BucketContext(BucketDriver driver, StorageDriver storage, CloudCalls calls, ByteBudget budget, KeyPolicy keyPolicy)
{
    private bool _bucketWasSeen;

    public BucketDriver Driver { get; } = driver;

    public CloudCalls Calls { get; } = calls;

    public ByteBudget Budget { get; } = budget;

    public KeyPolicy KeyPolicy { get; } = keyPolicy;

    public string Name => Driver.Name;

    public ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken)
    {
        var known = Driver.GetCapabilitiesAsync(cancellationToken);
        return known.IsCompletedSuccessfully ? known : new ValueTask<BucketCapabilities>(ProbeAsync(known));

        async Task<BucketCapabilities> ProbeAsync(ValueTask<BucketCapabilities> first)
        {
            try
            {
                return await first.ConfigureAwait(false);
            }
            catch (CloudException exception) when (exception.IsTransient)
            {
                return await SendAsync("GetBucketCapabilities", null, Driver, static (driver, attempt) => driver.GetCapabilitiesAsync(attempt.Token).AsTask(), cancellationToken).ConfigureAwait(false);
            }
        }
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

    private static readonly GetInfoOptions DefaultInfo = new();

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
}
