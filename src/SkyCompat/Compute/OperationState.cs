using SkyCompat.Resilience;

namespace SkyCompat.Compute;

/// <summary>All that must be known to take an operation up again. No secret, no user data.</summary>
/// <param name="Version">The form, 1.</param>
/// <param name="Cloud">The configured cloud.</param>
/// <param name="Goal">The goal.</param>
/// <param name="Ids">The instances.</param>
/// <param name="Handles">The provider's operations.</param>
/// <param name="StartedAt">When it was begun, in milliseconds since 1970.</param>
internal sealed record OperationState(int Version, string Cloud, OperationGoal Goal, IReadOnlyList<string> Ids, IReadOnlyList<string> Handles, long StartedAt)
{
    /// <summary>Of a launch: the key.</summary>
    public string? Key { get; init; }

    /// <summary>Of a launch: the region.</summary>
    public string? Region { get; init; }

    /// <summary>Of a launch: how many instances will do.</summary>
    public int MinCount { get; init; } = 1;

    public string ToToken() => OperationToken.Write(this, ComputeJson.Default.OperationState);

    /// <exception cref="CloudException">InvalidArgument: it is no token of this cloud.</exception>
    public static OperationState Parse(string token, string cloud)
    {
        var state = OperationToken.TryRead(token, ComputeJson.Default.OperationState, out var cause);
        if (cause is not null)
        {
            throw Bad("It is not the token of an operation; give back what IComputeOperation.Token returned, unchanged.", cause);
        }

        return state is not { Version: 1, Cloud: not null, Ids: not null, Handles: not null } || !Enum.IsDefined(state.Goal)
            ? throw Bad("It is not the token of an operation of this version of the library.", null)
            : string.Equals(state.Cloud, cloud, StringComparison.OrdinalIgnoreCase) ? state
            : throw Bad($"The operation is of cloud '{state.Cloud}', this is '{cloud}': resume it there.", null);
    }

    private static CloudException Bad(string message, Exception? cause) => new(CloudErrorCode.InvalidArgument, message, cause) { Reason = ComputeErrorReasons.BadOperationToken };
}
