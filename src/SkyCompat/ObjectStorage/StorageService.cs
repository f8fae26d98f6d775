using SkyCompat.Drivers;
using SkyCompat.Memory;
using SkyCompat.Resilience;

namespace SkyCompat.ObjectStorage;

/// <summary>Object storage of one cloud over a driver.</summary>
internal sealed class StorageService(StorageDriver driver, CloudCalls calls, ByteBudget budget, KeyPolicy keyPolicy) : IObjectStorage
{
    private static readonly CreateBucketOptions DefaultCreate = new();
    private static readonly ListBucketsOptions DefaultList = new();

    public string Name => calls.Cloud.Name;

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType.IsInstanceOfType(this) ? this : driver.GetService(serviceType);
    }

    public IBucket GetBucket(string name)
    {
        CheckName(name);
        return new Bucket(new BucketContext(driver.OpenBucket(name), driver, calls, budget, keyPolicy));
    }

    public Task CreateBucketAsync(string name, CreateBucketOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        return TraceAsync(
            "CreateBucket",
            name,
            (driver, name, options: options ?? DefaultCreate),
            static async (s, attempt) =>
            {
                await s.driver.CreateBucketAsync(s.name, s.options, attempt.Token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    public async Task DeleteBucketAsync(string name, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        try
        {
            await TraceAsync(
                "DeleteBucket",
                name,
                (driver, name),
                static async (s, attempt) =>
                {
                    await s.driver.DeleteBucketAsync(s.name, attempt.Token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.BucketNotFound)
        {
            // Gone is what was asked for.
        }
    }

    public Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken = default)
    {
        CheckName(name);
        return TraceAsync("GetBucketInfo", name, (driver, name), static (s, attempt) => s.driver.TryGetBucketInfoAsync(s.name, attempt.Token), cancellationToken);
    }

    public Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions? options = null, CancellationToken cancellationToken = default) =>
        TraceAsync("ListBuckets", null, (driver, options: options ?? DefaultList), static (s, attempt) => s.driver.ListBucketsPageAsync(s.options, attempt.Token), cancellationToken);

    private Task<TResult> TraceAsync<TState, TResult>(string operation, string? bucket, TState state, Func<TState, Attempt, Task<TResult>> send, CancellationToken cancellationToken) => calls.TraceAsync(
        operation,
        bucket,
        null,
        (calls, operation, bucket, state, send),
        static (s, token) => s.calls.SendAsync(new CallState(s.operation, s.bucket), s.state, s.send, token),
        cancellationToken);

    private void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (driver.ValidateBucketName(name) is { } problem)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, problem)
            {
                Reason = ObjectStorageErrorReasons.InvalidBucketName,
                Resource = name,
                Provider = driver.Provider,
            };
        }
    }
}
