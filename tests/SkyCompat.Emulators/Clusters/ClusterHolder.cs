using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.Clusters;

/// <summary>A cluster and its pools.</summary>
public sealed class ClusterHolder(string name, JsonObject document, int looks) : ClusterThing(name, document, looks)
{
    public Dictionary<string, ClusterThing> Pools { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether an operation on it or one of its pools is under way.</summary>
    public bool IsOccupied => IsBusy || Pools.Values.Any(pool => pool.IsBusy);

    /// <summary>Forgets the pools that are gone.</summary>
    public void Clean()
    {
        foreach (var pool in Pools.Values.Where(pool => pool.IsGone).ToList())
        {
            Pools.Remove(pool.Name);
        }
    }
}
