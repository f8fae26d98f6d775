using SkyCompat.Drivers;
using SkyCompat.Resilience;

namespace SkyCompat.Clusters;

/// <summary>All that must be known to take an operation up again. No secret.</summary>
/// <param name="Version">The form, 1.</param>
/// <param name="Cloud">The configured cloud.</param>
/// <param name="Goal">The goal.</param>
/// <param name="Cluster">The cluster's name.</param>
internal sealed record ClusterIntent(int Version, string Cloud, ClusterGoal Goal, string Cluster)
{
    /// <summary>Of a creation: what is made.</summary>
    public ClusterRequest? Request { get; init; }

    /// <summary>The pool that it is about.</summary>
    public string? Pool { get; init; }

    /// <summary>Of a pool's change: how it shall be.</summary>
    public NodePoolRequest? PoolRequest { get; init; }

    /// <summary>Of an upgrade: the version.</summary>
    public string? Target { get; init; }

    /// <summary>Names the request of an upgrade for the provider.</summary>
    public string ClientToken { get; init; } = "";

    /// <summary>When the last request for the goal was sent, in milliseconds since 1970; null while none was.</summary>
    public long? SentAt { get; init; }

    /// <summary>The provider's operation of that request.</summary>
    public string? Handle { get; init; }

    /// <summary>What the last change of a pool was to change.</summary>
    public string? Changing { get; init; }

    /// <summary>The pools whose creation or deletion was asked for on the way.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    public string ToToken() => OperationToken.Write(this, ClusterJson.Default.ClusterIntent);

    /// <exception cref="CloudException">InvalidArgument: it is no token of this cloud.</exception>
    public static ClusterIntent Parse(string token, string cloud)
    {
        var intent = OperationToken.TryRead(token, ClusterJson.Default.ClusterIntent, out var cause);
        return cause is not null ? throw Bad("It is not the token of an operation; give back what IClusterOperation.Token returned, unchanged.", cause)
            : intent is not { Version: 1, Cloud: not null, Cluster: not null, Asked: not null, ClientToken: not null } || !Enum.IsDefined(intent.Goal) || !IsWhole(intent)
            ? throw Bad("It is not the token of an operation on a cluster of this version of the library.", null)
            : string.Equals(intent.Cloud, cloud, StringComparison.OrdinalIgnoreCase) ? intent
            : throw Bad($"The operation is of cloud '{intent.Cloud}', this is '{cloud}': resume it there.", null);
    }

    private static bool IsWhole(ClusterIntent intent) => intent.Goal switch
    {
        ClusterGoal.Create => intent.Request is not null,
        ClusterGoal.Upgrade => intent.Target is not null,
        ClusterGoal.ApplyPool => intent is { Pool: not null, PoolRequest: not null },
        ClusterGoal.UpgradePool => intent is { Pool: not null, Target: not null },
        ClusterGoal.DeletePool => intent.Pool is not null,
        _ => true,
    };

    private static CloudException Bad(string message, Exception? cause) => new(CloudErrorCode.InvalidArgument, message, cause) { Reason = ClusterErrorReasons.BadOperationToken };
}
