using System.Text.Json;
using SkyCompat.Clusters;
using static SkyCompat.CloudErrorCode;

namespace SkyCompat.Google;

/// <summary>The error table of Kubernetes Engine: what a message says where a code says too little, else what the code means, else the status.</summary>
internal static class GkeErrors
{
    private static readonly string[] CanonicalCodes =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
        "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    /// <summary>Makes the error of a refused request.</summary>
    public static CloudException Create(GoogleFailure failure, bool isWrite)
    {
        var row = Find(failure);
        return new CloudException(row.Code, row.Quotes && failure.Message is { Length: > 0 } said ? $"{row.Text} Google says: {Shorten(said)}" : row.Text)
        {
            Reason = row.Reason,
            Scope = row.Scope,
            IsTransient = row.IsTransient ?? row.Code is Throttled or Unavailable or CloudErrorCode.Timeout,
            RetryAfter = failure.RetryAfter,
            MayHaveTakenEffect = isWrite && row.MayHaveTakenEffect,
            ProviderCode = failure.Code,
            StatusCode = failure.Status == 0 ? null : failure.Status,
            RequestId = failure.RequestId,
        };
    }

    /// <summary>Makes the error of an operation that is done and failed; null if it did not.</summary>
    public static CloudException? OfOperation(JsonElement operation)
    {
        var error = operation.At("error");
        if (error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var code = error.Number("code") is { } number && number >= 0 && number < CanonicalCodes.Length ? CanonicalCodes[number] : null;
        var condition = operation.Items("nodepoolConditions").Concat(operation.Items("clusterConditions")).Select(item => item.Text("code")).FirstOrDefault(GkeStates.IsKnown);
        var message = error.Text("message") ?? operation.Text("statusMessage");
        var cause = GkeStates.ReasonOf(condition);
        var made = Create(new GoogleFailure { Code = code, Message = message, RequestId = operation.Text("name") }, isWrite: false);
        return cause == CloudErrorCode.Unknown ? Settle(made) : new CloudException(cause, made.Message)
        {
            Scope = cause is CapacityShortage or QuotaExceeded ? ErrorScope.Region : ErrorScope.Request,
            ProviderCode = condition,
            IsTransient = false,
        };
    }

    private static GceErrorRow Find(in GoogleFailure failure) =>
        failure.IsForeign ? failure.Status >= 500
            ? new(Unavailable, "Something in front of Kubernetes Engine, such as a proxy, answered that it cannot be reached.") { MayHaveTakenEffect = true, Quotes = false }
            : new(Unknown, "Not Kubernetes Engine but a web server or proxy answered: check ContainerEndpoint and the proxy settings.") { Quotes = false }
        : FindByMessage(failure) ?? FindByCode(failure) ?? FindByStatus(failure.Status);

    private static GceErrorRow? FindByMessage(in GoogleFailure failure) =>
        Says(failure, "incompatible operation") || Says(failure, "is currently") || Says(failure, "operation in progress") || Says(failure, "Please wait and try again") || Says(failure, "cluster is not running")
            ? new(Conflict, "Another operation on the cluster is under way.", ClusterErrorReasons.ClusterBusy)
        : Says(failure, "does not have enough resources") || Says(failure, "STOCKOUT") || Says(failure, "resource pool exhausted") ? new(CapacityShortage, "The zone has no capacity of the instance type now.", Scope: ErrorScope.Offer)
        : Says(failure, "quota") && failure.Status != 429 ? new(QuotaExceeded, "A quota of the project is used up: ask for a larger one, or use less.", Scope: ErrorScope.Region)
        : failure.Status is 400 or 0 && (Says(failure, "master version") || Says(failure, "node version") || Says(failure, "No valid versions") || Says(failure, "version \"") || Says(failure, "Version \""))
            ? new(InvalidArgument, "Kubernetes Engine does not offer the version for this.", ClusterErrorReasons.VersionNotOffered)
        : null;

    private static GceErrorRow? FindByCode(in GoogleFailure failure) => failure.Code switch
    {
        "ALREADY_EXISTS" or "alreadyExists" => new(AlreadyExists, "Something of that name exists."),
        "NOT_FOUND" or "notFound" => Missing(failure),
        "FAILED_PRECONDITION" or "failedPrecondition" => new(Conflict, "The state of the cluster does not allow it."),
        "ABORTED" or "aborted" => new(Conflict, "Another operation on the cluster is under way.", ClusterErrorReasons.ClusterBusy),
        "RESOURCE_EXHAUSTED" or "rateLimitExceeded" => new(Throttled, "Kubernetes Engine asks to slow down."),
        "PERMISSION_DENIED" or "forbidden" => Denied,
        "UNAUTHENTICATED" or "authError" => Refused(failure),
        "INVALID_ARGUMENT" or "badRequest" or "OUT_OF_RANGE" => new(InvalidArgument, "Kubernetes Engine does not take the request as it is."),
        "INTERNAL" or "backendError" or "UNAVAILABLE" or "DEADLINE_EXCEEDED" => new(Unavailable, "Kubernetes Engine failed inside.") { MayHaveTakenEffect = true },
        "UNIMPLEMENTED" => new(Unsupported, "Kubernetes Engine cannot do this."),
        _ => null,
    };

    private static GceErrorRow FindByStatus(int status) => status switch
    {
        401 => new(Unauthenticated, "Google does not take the credentials: renew them.", Scope: ErrorScope.Cloud) { Quotes = false },
        403 => Denied,
        404 => new(NotFound, "There is no such thing."),
        409 => new(Conflict, "The state of the cluster does not allow it."),
        429 => new(Throttled, "Kubernetes Engine asks to slow down."),
        >= 500 => new(Unavailable, "Kubernetes Engine failed inside.") { MayHaveTakenEffect = true },
        >= 400 => new(InvalidArgument, "Kubernetes Engine does not take the request as it is."),
        _ => new(Unavailable, "The operation failed.") { IsTransient = false },
    };

    private static GceErrorRow Denied => new(PermissionDenied, "The credentials do not allow it: grant roles/container.admin, and see that the Kubernetes Engine API is enabled in the project.", Scope: ErrorScope.Cloud);

    private static GceErrorRow Refused(in GoogleFailure failure) =>
        new(Unauthenticated, "Google does not take the credentials, or they have ended: renew them.", Scope: ErrorScope.Cloud) { IsTransient = failure.IsCured, Quotes = false };

    private static GceErrorRow Missing(in GoogleFailure failure) =>
        Says(failure, "nodePools/") || Says(failure, "node pool") ? new(NotFound, "There is no such node pool.", ClusterErrorReasons.PoolNotFound)
        : Says(failure, "clusters/") || Says(failure, "cluster") ? new(NotFound, "There is no such cluster.", ClusterErrorReasons.ClusterNotFound)
        : GceErrorCodes.NamesProjectOnly(failure.Message) ? new(NotFound, "There is no such project, or the credentials cannot see it: check ProjectId.", Scope: ErrorScope.Cloud)
        : new(NotFound, "There is no such thing.");

    /// <summary>An operation that ended does not go on by itself, whatever its code says of requests.</summary>
    private static CloudException Settle(CloudException made) => new(made.Code, made.Message)
    {
        Reason = made.Reason == ClusterErrorReasons.ClusterBusy ? null : made.Reason,
        Scope = made.Scope,
        ProviderCode = made.ProviderCode,
        IsTransient = false,
    };

    private static bool Says(in GoogleFailure failure, string words) => failure.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string Shorten(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "…");
}
