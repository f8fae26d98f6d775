using System.Text.Json;
using SkyCompat.Alibaba;
using SkyCompat.Aws;
using SkyCompat.Azure;
using SkyCompat.Google;
using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.Clusters.ClusterErrorReasons;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>What each refusal of each provider means, row by row.</summary>
public sealed class ErrorTableTests
{
    [Theory]
    [InlineData(409, "ResourceInUseException", "Cluster already exists with name: x", AlreadyExists, null, ErrorScope.Request)]
    [InlineData(409, "ResourceInUseException", "Cluster has nodegroups attached", Conflict, Reasons.ClusterBusy, ErrorScope.Request)]
    [InlineData(400, "InvalidRequestException", "Cluster 'x' is not in ACTIVE status", Conflict, Reasons.ClusterBusy, ErrorScope.Request)]
    [InlineData(400, "InvalidStateException", "no", Conflict, Reasons.ClusterBusy, ErrorScope.Request)]
    [InlineData(400, "ResourceLimitExceededException", "limit", QuotaExceeded, null, ErrorScope.Region)]
    [InlineData(400, "UnsupportedAvailabilityZoneException", "zone", CapacityShortage, null, ErrorScope.Zone)]
    [InlineData(404, "ResourceNotFoundException", "No cluster found for name: x.", NotFound, Reasons.ClusterNotFound, ErrorScope.Request)]
    [InlineData(404, "ResourceNotFoundException", "No node group found for name: x.", NotFound, Reasons.PoolNotFound, ErrorScope.Request)]
    [InlineData(400, "InvalidParameterException", "unsupported Kubernetes version", InvalidArgument, Reasons.VersionNotOffered, ErrorScope.Request)]
    [InlineData(400, "InvalidParameterException", "Subnets specified must be in at least two different AZs", InvalidArgument, null, ErrorScope.Request)]
    [InlineData(403, "AccessDeniedException", "User is not authorized", PermissionDenied, null, ErrorScope.Cloud)]
    [InlineData(403, "UnrecognizedClientException", "The security token included in the request is invalid.", Unauthenticated, null, ErrorScope.Cloud)]
    [InlineData(403, "ExpiredTokenException", "The security token included in the request is expired", Unauthenticated, null, ErrorScope.Cloud)]
    [InlineData(403, "InvalidSignatureException", "Signature expired: 1 is now earlier than 2", Unauthenticated, null, ErrorScope.Cloud)]
    [InlineData(429, "ThrottlingException", "Rate exceeded", Throttled, null, ErrorScope.Request)]
    [InlineData(500, "ServerException", "oops", Unavailable, null, ErrorScope.Request)]
    [InlineData(503, "ServiceUnavailableException", "oops", Unavailable, null, ErrorScope.Request)]
    [InlineData(502, null, null, Unavailable, null, ErrorScope.Request)]
    [InlineData(418, "Odd", null, InvalidArgument, null, ErrorScope.Request)]
    public void Eks(int status, string? code, string? message, CloudErrorCode expected, string? reason, ErrorScope scope) =>
        Judge(EksErrors.Create(new EksFailure { Status = status, Code = code, Message = message }, isWrite: true), expected, reason, scope);

    [Theory]
    [InlineData(409, "ALREADY_EXISTS", "Already exists: projects/p/zones/z/clusters/x.", AlreadyExists, null, ErrorScope.Request)]
    [InlineData(404, "NOT_FOUND", "Not found: projects/p/zones/z/clusters/x.", NotFound, Reasons.ClusterNotFound, ErrorScope.Request)]
    [InlineData(404, "NOT_FOUND", "Not found: node pool \"x\" not found.", NotFound, Reasons.PoolNotFound, ErrorScope.Request)]
    [InlineData(400, "FAILED_PRECONDITION", "Cluster is running incompatible operation operation-1.", Conflict, Reasons.ClusterBusy, ErrorScope.Request)]
    [InlineData(400, "FAILED_PRECONDITION", "Operation operation-1 is currently creating cluster x. Please wait and try again once it is done.", Conflict, Reasons.ClusterBusy, ErrorScope.Request)]
    [InlineData(400, "FAILED_PRECONDITION", "Autopilot clusters do not support it.", Conflict, null, ErrorScope.Request)]
    [InlineData(409, "ABORTED", "retry", Conflict, Reasons.ClusterBusy, ErrorScope.Request)]
    [InlineData(403, "PERMISSION_DENIED", "Insufficient regional quota to satisfy request: resource \"CPUS\".", QuotaExceeded, null, ErrorScope.Region)]
    [InlineData(403, "PERMISSION_DENIED", "Required \"container.clusters.create\" permission(s)", PermissionDenied, null, ErrorScope.Cloud)]
    [InlineData(400, "INVALID_ARGUMENT", "Master version \"1.2\" is unsupported.", InvalidArgument, Reasons.VersionNotOffered, ErrorScope.Request)]
    [InlineData(400, "INVALID_ARGUMENT", "Invalid value for field.", InvalidArgument, null, ErrorScope.Request)]
    [InlineData(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", Unauthenticated, null, ErrorScope.Cloud)]
    [InlineData(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Requests'", Throttled, null, ErrorScope.Request)]
    [InlineData(500, "INTERNAL", "oops", Unavailable, null, ErrorScope.Request)]
    [InlineData(503, "UNAVAILABLE", "oops", Unavailable, null, ErrorScope.Request)]
    [InlineData(501, "UNIMPLEMENTED", "no", Unsupported, null, ErrorScope.Request)]
    public void Gke(int status, string code, string message, CloudErrorCode expected, string? reason, ErrorScope scope) =>
        Judge(GkeErrors.Create(new GoogleFailure { Status = status, Code = code, Message = message }, isWrite: true), expected, reason, scope);

    [Theory]
    [InlineData("""{"error":{"code":8,"message":"Insufficient quota"},"nodepoolConditions":[{"code":"GCE_QUOTA_EXCEEDED"}]}""", QuotaExceeded)]
    [InlineData("""{"error":{"code":14,"message":"no stock"},"clusterConditions":[{"code":"GCE_STOCKOUT"}]}""", CapacityShortage)]
    [InlineData("""{"error":{"code":13,"message":"Internal error."}}""", Unavailable)]
    [InlineData("""{"error":{"code":7,"message":"denied"}}""", PermissionDenied)]
    public void Gke_Operation(string json, CloudErrorCode expected)
    {
        using var document = JsonDocument.Parse(json);
        var error = GkeErrors.OfOperation(document.RootElement).ShouldNotBeNull();
        (error.Code, error.IsTransient).ShouldBe((expected, false));
    }

    [Theory]
    [InlineData(404, "ErrorClusterNotFound", NotFound, Reasons.ClusterNotFound, ErrorScope.Request, false)]
    [InlineData(404, "ErrorNodePoolNotFound", NotFound, Reasons.PoolNotFound, ErrorScope.Request, false)]
    [InlineData(400, "ErrorQuotaExceeded", QuotaExceeded, null, ErrorScope.Region, false)]
    [InlineData(400, "InvalidKubernetesVersion", InvalidArgument, Reasons.VersionNotOffered, ErrorScope.Request, false)]
    [InlineData(409, "ErrorSomething", Conflict, Reasons.ClusterBusy, ErrorScope.Request, false)]
    [InlineData(400, "ErrorClusterState", Conflict, Reasons.ClusterBusy, ErrorScope.Request, false)]
    [InlineData(400, "InvalidParameter", InvalidArgument, null, ErrorScope.Request, false)]
    [InlineData(403, "StatusForbidden", PermissionDenied, null, ErrorScope.Cloud, false)]
    [InlineData(403, "Forbidden.RAM", PermissionDenied, null, ErrorScope.Cloud, false)]
    [InlineData(400, "InvalidAccessKeyId.NotFound", Unauthenticated, null, ErrorScope.Cloud, false)]
    [InlineData(404, "InvalidAccessKeyId.Inactive", Unauthenticated, null, ErrorScope.Cloud, false)]
    [InlineData(400, "InvalidSecurityToken.Expired", Unauthenticated, null, ErrorScope.Cloud, false)]
    [InlineData(400, "SignatureDoesNotMatch", Unauthenticated, null, ErrorScope.Cloud, false)]
    [InlineData(400, "Throttling", Throttled, null, ErrorScope.Request, true)]
    [InlineData(400, "Throttling.User", Throttled, null, ErrorScope.Request, true)]
    [InlineData(400, "Throttling.Api", Throttled, null, ErrorScope.Request, true)]
    [InlineData(400, "InsufficientBalance", QuotaExceeded, null, ErrorScope.Cloud, false)]
    [InlineData(400, "OperationDenied.NoStock", CapacityShortage, null, ErrorScope.Offer, false)]
    [InlineData(500, "InternalError", Unavailable, null, ErrorScope.Request, true)]
    [InlineData(503, null, Unavailable, null, ErrorScope.Request, true)]
    public void Ack(int status, string? code, CloudErrorCode expected, string? reason, ErrorScope scope, bool isTransient)
    {
        var error = AckErrors.Create(new RpcFailure { Status = status, Code = code, Message = "told" });
        Judge(error, expected, reason, scope);
        error.IsTransient.ShouldBe(isTransient);
    }

    [Theory]
    [InlineData(409, "OperationNotAllowed", "Operation is not allowed: Another operation (Updating) is in progress.", Conflict, Reasons.ClusterBusy)]
    [InlineData(409, "AnotherOperationInProgress", "busy", Conflict, Reasons.ClusterBusy)]
    [InlineData(400, "K8sVersionNotSupported", "no", InvalidArgument, Reasons.VersionNotOffered)]
    [InlineData(400, "AgentPoolK8sVersionNotSupported", "no", InvalidArgument, Reasons.VersionNotOffered)]
    [InlineData(404, "ResourceNotFound", "no", NotFound, Reasons.ClusterNotFound)]
    [InlineData(403, "AuthorizationFailed", "no", PermissionDenied, null)]
    [InlineData(401, "AuthenticationFailed", "no", Unauthenticated, null)]
    [InlineData(400, "QuotaExceeded", "Provisioning of resource(s) exceeded the quota of Total Regional Cores.", QuotaExceeded, null)]
    [InlineData(429, "TooManyRequests", "slow", Throttled, null)]
    [InlineData(500, "InternalServerError", "oops", Unavailable, null)]
    public void Aks(int status, string code, string message, CloudErrorCode expected, string? reason)
    {
        var raw = ArmErrors.Create(new ArmFailure { Status = status, Code = code, Message = message, RequestId = "r" }, ArmSubject.Resource, isWrite: true);
        var error = AksErrors.Refine(raw) ?? raw;
        (error.Code, error.Reason, error.ProviderCode).ShouldBe((expected, reason, code));
    }

    private static void Judge(CloudException error, CloudErrorCode code, string? reason, ErrorScope scope) => (error.Code, error.Reason, error.Scope).ShouldBe((code, reason, scope));
}
