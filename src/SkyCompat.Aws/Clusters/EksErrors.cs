using SkyCompat.Clusters;
using static SkyCompat.CloudErrorCode;

namespace SkyCompat.Aws;

/// <summary>What the errors of EKS mean: by code first, by message where one code says several things, by status last.</summary>
internal static class EksErrors
{
    public static bool IsAboutTime(string? code, string? message) =>
        code is "RequestExpired" or "RequestTimeTooSkewed" || (code is "InvalidSignatureException" && message?.Contains("expired", StringComparison.OrdinalIgnoreCase) == true);

    public static CloudException Create(EksFailure failure, bool isWrite)
    {
        var row = Find(failure);
        return new CloudException(row.Code, row.Quotes && failure.Message is { Length: > 0 } told ? $"{row.Text} EKS says: {Shorten(told)}" : row.Text)
        {
            Reason = row.Reason,
            Scope = row.Scope,
            IsTransient = failure.Learned || row.Code is Throttled or Unavailable or CloudErrorCode.Timeout,
            MayHaveTakenEffect = isWrite && row.Code is Unavailable,
            RetryAfter = failure.RetryAfter,
            ProviderCode = failure.Code,
            StatusCode = failure.Status,
            RequestId = failure.RequestId,
        };
    }

    private static EksErrorRow Find(EksFailure failure) => failure.Code switch
    {
        "ResourceInUseException" when Says(failure, "already exists") || Says(failure, "already exist") => new(AlreadyExists, "Something of that name exists."),
        "ResourceInUseException" => new(Conflict, "Another operation is under way, or something is still in use.", ClusterErrorReasons.ClusterBusy),
        "InvalidRequestException" when Says(failure, "in progress") || Says(failure, "currently") || Says(failure, "not in ACTIVE") || Says(failure, "not ready") || Says(failure, "is not active") =>
            new(Conflict, "The cluster's state does not allow it yet.", ClusterErrorReasons.ClusterBusy),
        "InvalidStateException" => new(Conflict, "The cluster's state does not allow it yet.", ClusterErrorReasons.ClusterBusy),
        "ResourceLimitExceededException" => new(QuotaExceeded, "A limit of EKS in this region is used up: ask for a larger one in Service Quotas.") { Scope = ErrorScope.Region },
        "UnsupportedAvailabilityZoneException" => new(CapacityShortage, "A zone has no capacity for a control plane: choose subnets of other zones.") { Scope = ErrorScope.Zone },
        "ResourceNotFoundException" when Says(failure, "node group") || Says(failure, "nodegroup") => new(NotFound, "There is no such node pool.", ClusterErrorReasons.PoolNotFound),
        "ResourceNotFoundException" when Says(failure, "cluster") => new(NotFound, "There is no such cluster.", ClusterErrorReasons.ClusterNotFound),
        "ResourceNotFoundException" => new(NotFound, "There is no such thing."),
        "InvalidParameterException" or "InvalidRequestException" or "ClientException" when Says(failure, "unsupported Kubernetes version") || Says(failure, "kubernetes version") =>
            new(InvalidArgument, "EKS does not offer the version for this.", ClusterErrorReasons.VersionNotOffered),
        "InvalidParameterException" or "InvalidRequestException" or "ClientException" or "ValidationException" or "BadRequestException" => new(InvalidArgument, "EKS does not take the request as it is."),
        "AccessDeniedException" or "AccessDenied" => new(PermissionDenied, "The credentials do not allow it: grant the eks: action, and iam:PassRole for the roles.") { Scope = ErrorScope.Cloud },
        "UnrecognizedClientException" or "InvalidClientTokenId" or "ExpiredTokenException" or "ExpiredToken" or "MissingAuthenticationTokenException" or "IncompleteSignature" or "NotAuthorized" or
            "InvalidSignatureException" or "SignatureDoesNotMatch" or "RequestExpired" => new(Unauthenticated, "AWS does not know the credentials, or they have ended: renew them.") { Scope = ErrorScope.Cloud },
        "OptInRequired" => new(PermissionDenied, "The account has not switched the service or region on.") { Scope = ErrorScope.Region },
        "ThrottlingException" or "TooManyRequestsException" or "RequestLimitExceeded" or "Throttling" => new(Throttled, "EKS asks to slow down."),
        "ServerException" or "InternalFailure" or "ServiceUnavailableException" or "ServiceUnavailable" => new(Unavailable, "EKS failed inside."),
        _ => ByStatus(failure.Status),
    };

    private static EksErrorRow ByStatus(int status) => status switch
    {
        401 => new(Unauthenticated, "AWS does not know the credentials.") { Scope = ErrorScope.Cloud },
        403 => new(PermissionDenied, "The credentials do not allow it.") { Scope = ErrorScope.Cloud },
        404 => new(NotFound, "There is no such thing: if others are missing too, check EksEndpoint.") { Scope = ErrorScope.Request },
        409 => new(Conflict, "The state does not allow it."),
        429 => new(Throttled, "EKS asks to slow down."),
        >= 500 => new(Unavailable, "EKS failed inside."),
        _ => new(InvalidArgument, "EKS does not take the request as it is."),
    };

    private static bool Says(EksFailure failure, string words) => failure.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string Shorten(string text) => text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "…");
}
