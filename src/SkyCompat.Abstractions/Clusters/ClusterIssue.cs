namespace SkyCompat.Clusters;

/// <summary>Something that a provider says is wrong with a cluster or a node pool.</summary>
/// <param name="Code">The provider's code, such as <c>GCE_STOCKOUT</c> or <c>AsgInstanceLaunchFailures</c>.</param>
/// <param name="Message">The provider's words; empty if it has none.</param>
/// <param name="Reason">What it means, the same on every cloud: <see cref="CloudErrorCode.CapacityShortage"/>, <see cref="CloudErrorCode.QuotaExceeded"/>,
/// <see cref="CloudErrorCode.PermissionDenied"/>, <see cref="CloudErrorCode.NotFound"/> for something that it needs and that is gone, otherwise <see cref="CloudErrorCode.Unknown"/>.</param>
public sealed record ClusterIssue(string Code, string Message, CloudErrorCode Reason = CloudErrorCode.Unknown)
{
    /// <inheritdoc/>
    public override string ToString() => Message.Length > 0 ? $"{Code}: {Message}" : Code;
}
