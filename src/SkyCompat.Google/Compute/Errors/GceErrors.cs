using SkyCompat.Compute;
using static SkyCompat.CloudErrorCode;

namespace SkyCompat.Google;

/// <summary>The error table of Compute Engine: what a code means, else what a message says, else the status. The code is the reason of a refused request, or that of an operation that failed.</summary>
internal static class GceErrors
{
    /// <summary>Makes the error of a refused request.</summary>
    public static CloudException Create(in GoogleFailure failure, GceSubject subject, bool isWrite) => Create(failure, Find(failure, subject), isWrite);

    /// <summary>Makes the error of an operation that is done and failed.</summary>
    public static CloudException? OfOperation(GceOperation operation, GceSubject subject)
    {
        if (operation.Error?.Errors is not [var problem, ..] problems)
        {
            return null;
        }

        // A list of problems starts with the cause, but for stock, which may stand behind a summary.
        var told = problems.Find(other => GceErrorCodes.IsShortage(other.Code)) ?? problem;
        var quota = told.ErrorDetails?.Find(detail => detail.QuotaInfo is not null)?.QuotaInfo;
        var failure = new GoogleFailure
        {
            Code = told.Code,
            Message = quota?.MetricName is { } metric && told.Message?.Contains('\'', StringComparison.Ordinal) != true ? $"Quota '{GceNames.Last(metric).ToUpperInvariant()}' exceeded. {told.Message}" : told.Message,
            Status = operation.HttpErrorStatusCode ?? 0,
            RequestId = operation.Name,
        };
        return Create(failure, Find(failure, subject), isWrite: false);
    }

    private static CloudException Create(in GoogleFailure failure, GceErrorRow row, bool isWrite) =>
        new(row.Code, row.Quotes && failure.Message is { Length: > 0 } said ? $"{row.Text} Google says: {Shorten(said)}" : row.Text)
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

    private static GceErrorRow Find(in GoogleFailure failure, GceSubject subject)
    {
        if (failure.IsForeign)
        {
            return failure.Status switch
            {
                >= 500 => new(Unavailable, "Something in front of Compute Engine, such as a proxy, answered that it cannot be reached.") { MayHaveTakenEffect = true, Quotes = false },
                429 => Slow,
                _ => new(Unknown, "Not Compute Engine but a web server or proxy answered: check ComputeEndpoint and the proxy settings.") { Quotes = false },
            };
        }

        return GceErrorCodes.IsShortage(failure.Code) ? Shortage(failure.Code!)
            : GceErrorCodes.IsQuota(failure.Code) ? GceQuotas.Row(failure.Message)
            : FindByCode(failure, subject) ?? FindByMessage(failure, subject) ?? (GceErrorCodes.IsInvalid(failure.Code) ? Malformed : FindByStatus(failure));
    }

    private static GceErrorRow? FindByCode(in GoogleFailure failure, GceSubject subject) => failure.Code switch
    {
        "UNSUPPORTED_OPERATION" when subject == GceSubject.NewInstance =>
            new(CapacityShortage, "The instance was taken back while it was made: the zone has no room for it.", ComputeErrorReasons.Preempted, ErrorScope.Offer),
        "RESOURCE_NOT_READY" or "resourceNotReady" =>
            new(Conflict, "The resource is in the midst of a change: look again when that is over.", subject == GceSubject.Instance ? ComputeErrorReasons.WrongState : null) { IsTransient = true },
        "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE" or "resourceInUseByAnotherResource" or "RESOURCE_IN_USE" or "resourceInUse" => new(Conflict, "Something uses the resource."),
        "RESOURCE_OPERATION_RATE_EXCEEDED" or "resourceOperationRateExceeded" or "rateLimitExceeded" or "RATE_LIMIT_EXCEEDED" or "userRateLimitExceeded" or "concurrentLimitExceeded"
            or "OPERATION_RATE_EXCEEDED" or "operationRateExceeded" => Slow,
        "authError" or "UNAUTHENTICATED" or "authorizationRequired" => Refused(failure),
        "required" when failure.Status == 401 => Refused(failure),
        "PERMISSIONS_ERROR" or "IAM_PERMISSION_DENIED" or "PERMISSION_DENIED" or "forbidden" or "insufficientPermissions" or "accessDenied" => Denied,
        "accessNotConfigured" or "SERVICE_DISABLED" or "billingNotEnabled" or "BILLING_DISABLED" or "accountDisabled" or "projectAccountClosed" =>
            new(PermissionDenied, "The project cannot use Compute Engine: enable the service and billing.", Scope: ErrorScope.Cloud),
        "notFound" or "RESOURCE_NOT_FOUND" => Missing(failure, subject),
        "alreadyExists" or "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS" or "duplicate" => new(AlreadyExists, "Something of that name exists."),
        "conditionNotMet" or "CONDITION_NOT_MET" => new(PreconditionFailed, "The resource was changed in between: read it and decide again."),
        "OPERATION_CANCELED_BY_USER" => new(Conflict, "Somebody cancelled the operation."),
        "ZONE_OFFLINE" or "ZONE_DOWN" => new(Unavailable, "The zone is down.", Scope: ErrorScope.Zone),
        "backendError" or "BACKEND_ERROR" or "internalError" or "INTERNAL_ERROR" or "INTERNAL" or "internalServerError" => Inside,
        "UNAVAILABLE" or "serviceUnavailable" or "transientError" => new(Unavailable, "Compute Engine is overloaded; try again later.") { MayHaveTakenEffect = true },
        "deadlineExceeded" or "TIMEOUT" => new(CloudErrorCode.Timeout, "Compute Engine gave up.") { MayHaveTakenEffect = true },
        _ => null,
    };

    private static GceErrorRow? FindByMessage(in GoogleFailure failure, GceSubject subject) =>
        Says(failure, "does not exist in zone") || (subject == GceSubject.NewInstance && Says(failure, "is not available in zone")) ? NotSoldHere
        : Says(failure, "Unknown zone") || Says(failure, "Unknown region") ? new(NotFound, "There is no such region or zone.")
        : Says(failure, "does not have enough resources available") || Says(failure, "is currently unavailable in the") ? Shortage(failure.Code ?? "")
        : subject == GceSubject.Instance && (Says(failure, "is not running") || Says(failure, "is not in a valid state") || Says(failure, "not ready") || Says(failure, "Instance must be") || Says(failure, "cannot be s"))
            ? new(Conflict, "The state of the instance forbids it.", ComputeErrorReasons.WrongState)
        : Says(failure, "is already being used by") || Says(failure, "already has an access config") ? new(Conflict, "Something uses the resource.")
        : null;

    private static GceErrorRow FindByStatus(in GoogleFailure failure) => failure.Status switch
    {
        >= 300 and < 400 => new(Unknown, "Compute Engine, or something in front of it, sends the request elsewhere, which it does only where ComputeEndpoint is wrong."),
        401 => Refused(failure),
        403 => Denied,
        404 or 410 => new(NotFound, "The resource does not exist."),
        405 or 501 => new(Unsupported, "Compute Engine does not know this operation."),
        407 => new(Unauthenticated, "The proxy in front of Compute Engine wants credentials.", Scope: ErrorScope.Cloud),
        408 => new(CloudErrorCode.Timeout, "Compute Engine gave up waiting for the request."),
        409 => new(Conflict, "The state of the resource forbids it."),
        412 => new(PreconditionFailed, "The resource was changed in between: read it and decide again."),
        429 => Slow,
        503 => new(Unavailable, "Compute Engine is overloaded; try again later.") { MayHaveTakenEffect = true },
        >= 500 => Inside,
        >= 400 => Malformed,
        _ => new(Unknown, "The operation failed for a reason that is not known here."),
    };

    private static GceErrorRow Shortage(string code) => new(
        CapacityShortage,
        "The zone has no free capacity of this instance type now: try another zone or type.",
        code == "VM_MIN_COUNT_NOT_REACHED" ? ComputeErrorReasons.BelowMinimum : null,
        ErrorScope.Offer);

    private static GceErrorRow NotSoldHere => new(Unsupported, "This zone does not have this instance type: try another zone.", Scope: ErrorScope.Offer);

    private static GceErrorRow Malformed => new(InvalidArgument, "Compute Engine does not accept the request.");

    private static GceErrorRow Slow => new(Throttled, "Compute Engine asks to slow down.");

    private static GceErrorRow Denied => new(PermissionDenied, "The credentials are good but do not allow this: grant a role that does, such as Compute Instance Admin (v1).", Scope: ErrorScope.Cloud);

    private static GceErrorRow Inside => new(Unavailable, "Compute Engine failed inside; try again.") { MayHaveTakenEffect = true };

    private static GceErrorRow Refused(in GoogleFailure failure) => failure.IsSkewed
        ? new(Unauthenticated, "This machine's clock and Google's differ by more than a token allows: set the clock.", ObjectStorage.ObjectStorageErrorReasons.ClockSkew, ErrorScope.Cloud) { IsTransient = failure.IsCured, Quotes = false }
        : new(Unauthenticated, failure.IsCured ? "The access token has ended; a new one is asked for." : "Compute Engine does not accept the credentials: check which ones are used, and that they are not revoked.", Scope: ErrorScope.Cloud)
        {
            IsTransient = failure.IsCured,
            Quotes = false,
        };

    private static GceErrorRow Missing(in GoogleFailure failure, GceSubject subject) =>
        Says(failure, "/machineTypes/") ? NotSoldHere
        : Says(failure, "/images/") || subject == GceSubject.Image ? new(NotFound, "There is no such image.", ComputeErrorReasons.ImageNotFound)
        : GceErrorCodes.NamesProjectOnly(failure.Message) ? new(NotFound, "The project does not exist, or these credentials may not see it: check ProjectId.", Scope: ErrorScope.Cloud)
        : subject == GceSubject.Instance ? new(NotFound, "The instance does not exist.", ComputeErrorReasons.InstanceNotFound)
        : subject == GceSubject.Place ? new(NotFound, "There is no such region or zone.")
        : new(NotFound, "The resource does not exist.");

    private static bool Says(in GoogleFailure failure, string words) => failure.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string Shorten(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "…");
}
