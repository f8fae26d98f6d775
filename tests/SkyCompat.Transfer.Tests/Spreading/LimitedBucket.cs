using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Tests.Spreading;

/// <summary>A bucket that lacks some of what it could, and that can be cut off for good, as for a process that is killed: it does not even say goodbye.</summary>
internal sealed class LimitedBucket(IBucket inner, BucketFeatures without = BucketFeatures.None, int requestsToLive = int.MaxValue) : DelegatingBucket(inner)
{
    private int _left = requestsToLive;

    public override async ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken = default)
    {
        var capabilities = await base.GetCapabilitiesAsync(cancellationToken);
        return capabilities with { Features = capabilities.Features & ~without };
    }

    public override Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions? options = null, CancellationToken cancellationToken = default)
    {
        Live();
        return base.TryGetInfoAsync(key, options, cancellationToken);
    }

    public override Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        Live();
        return base.GetAsync(key, options, cancellationToken);
    }

    public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        Live();
        (options is { Condition.Kind: WriteConditionKind.MustNotExist } && without.HasFlag(BucketFeatures.PutIfAbsent)).ShouldBeFalse("the bucket cannot do that");
        (options is { Condition.Kind: WriteConditionKind.MustMatch } && without.HasFlag(BucketFeatures.PutIfMatch)).ShouldBeFalse("the bucket cannot do that");
        return base.PutAsync(key, body, options, cancellationToken);
    }

    public override Task<ListPage> ListPageAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        Live();
        return base.ListPageAsync(options, cancellationToken);
    }

    public override Task<DeleteResult> DeleteAsync(string key, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        Live();
        return base.DeleteAsync(key, options, cancellationToken);
    }

    private void Live()
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            throw new CloudException(CloudErrorCode.Unavailable, "This process was killed.");
        }
    }
}
