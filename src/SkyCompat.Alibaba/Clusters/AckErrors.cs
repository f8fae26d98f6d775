using SkyCompat.Clusters;

namespace SkyCompat.Alibaba;

/// <summary>What the refusals of ACK mean. Its codes are not listed anywhere, so words within them decide, then what ECS and ACK share, then the status.</summary>
internal static class AckErrors
{
    private const int MaxQuoted = 300;

    public static CloudException Create(in RpcFailure failure)
    {
        if (Find(failure) is not { } row)
        {
            return EcsErrors.Create(failure);
        }

        return new CloudException(row.Code, failure.Message is { Length: > 0 } said ? $"{row.Text} The provider says: {Shorten(said)}" : row.Text)
        {
            Reason = row.Reason,
            Scope = row.Scope,
            IsTransient = row.IsTransient,
            ProviderCode = failure.Code,
            StatusCode = failure.Status,
            RequestId = failure.RequestId,
        };
    }

    /// <summary>Makes the error of a task that failed.</summary>
    public static CloudException OfTask(string? code, string? message)
    {
        var failure = new RpcFailure { Status = 0, Code = code, Message = message };
        var made = Create(failure);
        return new CloudException(made.Code == CloudErrorCode.Unknown ? CloudErrorCode.Unavailable : made.Code, $"The task failed. The provider says: {Shorten(message ?? code ?? "nothing")}")
        {
            Scope = made.Scope,
            ProviderCode = code,
            IsTransient = false,
        };
    }

    private static EcsErrorRow? Find(in RpcFailure failure)
    {
        var code = failure.Code ?? "";
        return Has(code, "Throttl") ? null
            : Has(code, "ClusterNotFound") || Has(code, "NotFound.Cluster") ? new(CloudErrorCode.NotFound, ErrorScope.Request, "There is no such cluster.") { Reason = ClusterErrorReasons.ClusterNotFound }
            : Has(code, "NodePoolNotFound") || Has(code, "NodepoolNotFound") ? new(CloudErrorCode.NotFound, ErrorScope.Request, "There is no such node pool.") { Reason = ClusterErrorReasons.PoolNotFound }
            : Has(code, "NameExist") || Has(code, "NameAlreadyExist") || Has(code, "Duplicate") ? new(CloudErrorCode.AlreadyExists, ErrorScope.Request, "Something of that name exists.")
            : Has(code, "Quota") ? new(CloudErrorCode.QuotaExceeded, ErrorScope.Region, "A quota of ACK in this region is used up: ask for a larger one in the quota centre.")
            : Has(code, "KubernetesVersion") || (Has(code, "Version") && (Has(code, "Invalid") || Has(code, "NotSupport") || Has(code, "Unsupported")))
                ? new(CloudErrorCode.InvalidArgument, ErrorScope.Request, "ACK does not offer the version for this.") { Reason = ClusterErrorReasons.VersionNotOffered }
            : failure.Status == 409 || Has(code, "ClusterState") || Has(code, "NodePoolState") || Has(code, "OperationConflict") || Has(code, "TaskConflict") || Has(code, "InProgress")
                ? new(CloudErrorCode.Conflict, ErrorScope.Request, "Another operation on the cluster is under way.") { Reason = ClusterErrorReasons.ClusterBusy }
            : Has(code, "ServiceRole") || Has(code, "ErrorAuthorization") || code == "StatusForbidden"
                ? new(CloudErrorCode.PermissionDenied, ErrorScope.Cloud, "The account or credentials do not allow it: grant ACK its service roles in the console, and the action to the RAM user or role.")
            : failure.Status == 400 && (Has(code, "Param") || Has(code, "Invalid") || Has(code, "Missing")) && !Has(code, "AccessKey") && !Has(code, "Token") && !Has(code, "TimeStamp")
                ? new(CloudErrorCode.InvalidArgument, ErrorScope.Request, "ACK does not take the request as it is.")
            : null;
    }

    private static bool Has(string code, string part) => code.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Shorten(string text) => text.Length <= MaxQuoted ? text : string.Concat(text.AsSpan(0, MaxQuoted), "…");
}
