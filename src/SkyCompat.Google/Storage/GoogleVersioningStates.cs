using System.Collections.Concurrent;

namespace SkyCompat.Google;

/// <summary>Which buckets keep versions, as far as it is known: every object has a generation, and only of these is it told as a version id.</summary>
internal sealed class GoogleVersioningStates
{
    private readonly ConcurrentDictionary<string, bool> _states = new(StringComparer.Ordinal);

    public bool? Find(string bucket) => _states.TryGetValue(bucket, out var state) ? state : null;

    public void Set(string bucket, bool keepsVersions) => _states[bucket] = keepsVersions;

    public void Forget(string bucket) => _states.TryRemove(bucket, out _);
}
