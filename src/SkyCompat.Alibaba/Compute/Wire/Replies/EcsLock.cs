namespace SkyCompat.Alibaba;

/// <summary>Why the provider locked an instance.</summary>
internal sealed record EcsLock
{
    public string? LockReason { get; init; }
}
