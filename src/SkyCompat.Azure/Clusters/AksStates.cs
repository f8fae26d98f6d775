using System.Text.Json;
using SkyCompat.Clusters;

namespace SkyCompat.Azure;

/// <summary>What the states of AKS mean.</summary>
internal static class AksStates
{
    /// <summary>The phase of a cluster.</summary>
    public static ClusterPhase OfCluster(JsonElement cluster)
    {
        var power = cluster.Text("properties", "powerState", "code");

        // What failed to change works as before; what failed to be made never had a version.
        var works = power == "Running" && cluster.Text("properties", "currentKubernetesVersion") is { Length: > 0 };
        return Of(cluster.State(), power, works);
    }

    /// <summary>The phase of a pool.</summary>
    public static ClusterPhase OfPool(JsonElement pool)
    {
        var power = pool.Text("properties", "powerState", "code");
        return Of(pool.State(), power, works: power == "Running" && pool.Text("properties", "currentOrchestratorVersion") is { Length: > 0 });
    }

    /// <summary>Both states as one text.</summary>
    public static string Raw(JsonElement resource) => (resource.State(), resource.Text("properties", "powerState", "code")) switch
    {
        (var state, null) => state ?? "",
        var (state, power) => $"{state}, {power}",
    };

    private static ClusterPhase Of(string? state, string? power, bool works) => state switch
    {
        "Creating" => ClusterPhase.Creating,
        "Succeeded" => power == "Stopped" ? ClusterPhase.Stopped : ClusterPhase.Running,
        "Updating" or "Upgrading" or "UpgradingNodeImageVersion" or "Starting" or "Stopping" or "Scaling" or "Migrating" => ClusterPhase.Updating,
        "Deleting" => ClusterPhase.Deleting,
        "Failed" => works ? ClusterPhase.Degraded : ClusterPhase.Failed,
        "Canceled" => ClusterPhase.Failed,
        _ => ClusterPhase.Unknown,
    };
}
