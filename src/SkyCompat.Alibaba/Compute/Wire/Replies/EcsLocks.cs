namespace SkyCompat.Alibaba;

/// <summary>The locks of an instance.</summary>
internal sealed record EcsLocks
{
    public List<EcsLock>? LockReason { get; init; }
}
