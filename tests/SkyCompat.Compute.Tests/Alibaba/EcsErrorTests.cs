using SkyCompat.Emulators.AlibabaEcs;
using static SkyCompat.CloudErrorCode;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Every row of the error table, from refusals as ECS sends them.</summary>
public sealed class EcsErrorTests
{
    public static TheoryData<int, string, CloudErrorCode, ErrorScope, string?, bool> Codes { get; } = new()
    {
        // Capacity.
        { 403, "OperationDenied.NoStock", CapacityShortage, ErrorScope.Offer, null, false },
        { 400, "ResourceNotAvailable", CapacityShortage, ErrorScope.OfferInRegion, null, false },
        { 403, "InvalidInstanceType.ZoneNotSupported", Unsupported, ErrorScope.Offer, null, false },
        { 403, "InvalidResourceType.NotSupported", Unsupported, ErrorScope.Offer, null, false },
        { 403, "InvalidInstanceType.ValueNotSupported", Unsupported, ErrorScope.Offer, null, false },
        { 400, "InvalidSystemDiskCategory.ValueNotSupported", Unsupported, ErrorScope.Offer, null, false },
        { 403, "Zone.NotOnSale", Unsupported, ErrorScope.Offer, null, false },
        { 403, "OperationDenied.ZoneNotAllowed", Unsupported, ErrorScope.Zone, null, false },

        // Quota and money.
        { 403, "QuotaExceed.ElasticQuota", QuotaExceeded, ErrorScope.QuotaGroup, null, false },
        { 403, "QuotaExceed.DiskCapacity", QuotaExceeded, ErrorScope.Region, null, false },
        { 403, "QuotaExceed.AfterpayInstance", QuotaExceeded, ErrorScope.Region, null, false },
        { 400, "QuotaExceeded.Eip", QuotaExceeded, ErrorScope.Region, null, false },
        { 403, "InstanceQuotaExceed", QuotaExceeded, ErrorScope.Region, null, false },
        { 403, "InsufficientBalance", QuotaExceeded, ErrorScope.Cloud, null, false },
        { 403, "InvalidAccountStatus.NotEnoughBalance", QuotaExceeded, ErrorScope.Cloud, null, false },
        { 403, "InvalidPayMethod", QuotaExceeded, ErrorScope.Cloud, null, false },

        // Credentials; the status of an unknown key differs by gateway.
        { 404, "InvalidAccessKeyId.NotFound", Unauthenticated, ErrorScope.Cloud, null, false },
        { 400, "InvalidAccessKeyId.NotFound", Unauthenticated, ErrorScope.Cloud, null, false },
        { 400, "InvalidAccessKeyId.Inactive", Unauthenticated, ErrorScope.Cloud, null, false },
        { 400, "SignatureDoesNotMatch", Unauthenticated, ErrorScope.Cloud, null, false },
        { 400, "IncompleteSignature", Unauthenticated, ErrorScope.Cloud, null, false },
        { 400, "InvalidSecurityToken.Expired", Unauthenticated, ErrorScope.Cloud, null, false },
        { 403, "Forbidden.RAM", PermissionDenied, ErrorScope.Cloud, null, false },
        { 403, "UnauthorizedRegion", PermissionDenied, ErrorScope.Region, null, false },
        { 403, "Forbidden.NoSuchRow", PermissionDenied, ErrorScope.Request, null, false },

        // Throttling comes with status 400.
        { 400, "Throttling", Throttled, ErrorScope.Request, null, true },
        { 400, "Throttling.User", Throttled, ErrorScope.Request, null, true },
        { 400, "Throttling.Api", Throttled, ErrorScope.Request, null, true },
        { 503, "Throttling.Resource", Throttled, ErrorScope.Request, null, true },

        // Not there, in the way, there already.
        { 404, "InvalidInstanceId.NotFound", NotFound, ErrorScope.Request, ComputeErrorReasons.InstanceNotFound, false },
        { 404, "InvalidImageId.NotFound", NotFound, ErrorScope.Request, ComputeErrorReasons.ImageNotFound, false },
        { 404, "InvalidVSwitchId.NotFound", NotFound, ErrorScope.Request, null, false },
        { 403, "IncorrectInstanceStatus", Conflict, ErrorScope.Request, ComputeErrorReasons.WrongState, false },
        { 403, "IncorrectInstanceStatus.Initializing", Conflict, ErrorScope.Request, ComputeErrorReasons.WrongState, false },
        { 403, "IncorrectDiskStatus", Conflict, ErrorScope.Request, null, false },
        { 400, "DependencyViolation.VSwitch", Conflict, ErrorScope.Request, null, false },
        { 400, "TaskConflict", Conflict, ErrorScope.Request, null, true },
        { 400, "IncorrectVpcStatus", Conflict, ErrorScope.Request, null, true },
        { 400, "IdempotentProcessing", Conflict, ErrorScope.Request, null, true },
        { 400, "IdempotentParameterMismatch", Conflict, ErrorScope.Request, ComputeErrorReasons.KeyReused, false },
        { 403, "KeyPair.AlreadyExist", AlreadyExists, ErrorScope.Request, null, false },
        { 400, "InvalidSecurityGroupName.Duplicate", AlreadyExists, ErrorScope.Request, null, false },

        // Wrong.
        { 400, "InvalidParameter", InvalidArgument, ErrorScope.Request, null, false },
        { 400, "InvalidParameter.Amount", InvalidArgument, ErrorScope.Request, null, false },
        { 400, "MissingParameter", InvalidArgument, ErrorScope.Request, null, false },
        { 400, "InvalidUserData.SizeExceeded", InvalidArgument, ErrorScope.Request, ComputeErrorReasons.UserDataTooLarge, false },
        { 400, "InvalidTagKey.Malformed", InvalidArgument, ErrorScope.Request, ComputeErrorReasons.TagNotSupported, false },
        { 400, "DryRunOperation", Conflict, ErrorScope.Request, null, false },

        // The service's own.
        { 500, "InternalError", Unavailable, ErrorScope.Request, null, true },
        { 503, "ServiceUnavailable", Unavailable, ErrorScope.Request, null, true },

        // By status alone.
        { 401, "SomethingNew", Unauthenticated, ErrorScope.Cloud, null, false },
        { 403, "SomethingNew", PermissionDenied, ErrorScope.Request, null, false },
        { 404, "SomethingNew", NotFound, ErrorScope.Request, null, false },
        { 409, "SomethingNew", Conflict, ErrorScope.Request, null, false },
        { 429, "SomethingNew", Throttled, ErrorScope.Request, null, true },
        { 502, "SomethingNew", Unavailable, ErrorScope.Request, null, true },
        { 418, "SomethingNew", Unknown, ErrorScope.Request, null, false },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Refused_ByCode_MapsCodeScopeReasonAndTransience(int status, string code, CloudErrorCode expected, ErrorScope scope, string? reason, bool transient)
    {
        var error = await RefusedAsync(new EcsFault(EcsFaultKind.Refuse) { Status = status, Code = code, Message = "What the provider says." });

        (error.Code, error.Scope, error.Reason, error.IsTransient).ShouldBe((expected, scope, reason, transient));
        (error.ProviderCode, error.StatusCode).ShouldBe((code, status));
        error.RequestId.ShouldNotBeNullOrEmpty();
        error.Message.Contains("What the provider says.", StringComparison.Ordinal).ShouldBe(expected != Unauthenticated);
        error.MayHaveTakenEffect.ShouldBe(expected == Unavailable);
    }

    [Theory]
    [InlineData("OperationDenied", "The resource is out of stock in the specified zone.", CapacityShortage, ErrorScope.Offer)]
    [InlineData("OperationDenied", "The specified instance type is sold out.", CapacityShortage, ErrorScope.Offer)]
    [InlineData("OperationDenied", "The quota of the account is used up.", QuotaExceeded, ErrorScope.Region)]
    [InlineData("OperationDenied", "Request was denied due to user flow control.", Throttled, ErrorScope.Request)]
    public async Task Refused_CodeUnknown_MapsByMessageBeforeStatus(string code, string message, CloudErrorCode expected, ErrorScope scope)
    {
        var error = await RefusedAsync(new EcsFault(EcsFaultKind.Refuse) { Status = 403, Code = code, Message = message });

        (error.Code, error.Scope, error.ProviderCode).ShouldBe((expected, scope, code));
    }

    [Theory]
    [InlineData("x-ratelimit-user-api", "Limit:60,Remain:0,TimeLeft:4500", 4500)]
    [InlineData("x-ratelimit-user", "Limit:60, Remain:0, TimeLeft:300", 300)]
    [InlineData("Retry-After", "7", 7000)]
    [InlineData("x-ratelimit-user", "Limit:60", null)]
    public async Task Throttled_TimeLeft_IsRetryAfter(string header, string value, int? milliseconds)
    {
        var error = await RefusedAsync(new EcsFault(EcsFaultKind.Refuse)
        {
            Status = 400, Code = "Throttling.User", Message = "Request was denied due to user flow control.", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { [header] = value },
        });

        error.RetryAfter.ShouldBe(milliseconds is { } number ? TimeSpan.FromMilliseconds(number) : null);
    }

    [Fact]
    public async Task Throttled_BothLimits_WaitsForTheLonger()
    {
        var error = await RefusedAsync(new EcsFault(EcsFaultKind.Refuse)
        {
            Status = 400,
            Code = "Throttling",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-ratelimit-user-api"] = "Limit:1,Remain:0,TimeLeft:200", ["x-ratelimit-user"] = "Limit:1,Remain:0,TimeLeft:900" },
        });

        error.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(900));
    }

    private static async Task<CloudException> RefusedAsync(EcsFault fault)
    {
        await using var cloud = await EcsTestCloud.StartAsync();
        var request = EcsLaunches.Request() with { Prepared = new Dictionary<string, string>(StringComparer.Ordinal) { ["subnet"] = "vsw-1", ["group"] = "sg-1" } };
        cloud.Faults.Add(fault with { Action = "RunInstances" });
        return await Should.ThrowAsync<CloudException>(() => cloud.Driver.LaunchAsync(request, default));
    }
}
