using SkyCompat.Clusters;

namespace SkyCompat.Alibaba;

/// <summary>What the states of ACK mean.</summary>
internal static class AckStates
{
    public static ClusterPhase OfCluster(string? state) => state switch
    {
        "initial" or "waiting" => ClusterPhase.Creating,
        "running" => ClusterPhase.Running,
        "updating" or "upgrading" or "scaling" or "removing" => ClusterPhase.Updating,
        "updating_failed" or "disconnected" or "unavailable" => ClusterPhase.Degraded,
        "stopped" => ClusterPhase.Stopped,
        "deleting" => ClusterPhase.Deleting,
        "deleted" => ClusterPhase.Gone,
        "failed" or "delete_failed" => ClusterPhase.Failed,
        _ => ClusterPhase.Unknown,
    };

    public static ClusterPhase OfPool(string? state) => state switch
    {
        "active" => ClusterPhase.Running,
        "initial" => ClusterPhase.Creating,
        "scaling" or "removing" or "updating" => ClusterPhase.Updating,
        "deleting" => ClusterPhase.Deleting,
        "deleted" => ClusterPhase.Gone,
        "failed" or "delete_failed" => ClusterPhase.Failed,
        _ => ClusterPhase.Unknown,
    };
}
