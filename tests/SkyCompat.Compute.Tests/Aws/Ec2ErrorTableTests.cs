using System.Net;
using SkyCompat.Drivers;
using static SkyCompat.CloudErrorCode;
using static SkyCompat.ErrorScope;
using Reasons = SkyCompat.Compute.ComputeErrorReasons;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>Each error of EC2, as its real body, through the SDK.</summary>
public sealed class Ec2ErrorTableTests
{
    [Theory]
    [InlineData("InsufficientInstanceCapacity", 500, CapacityShortage, ErrorScope.Offer)]
    [InlineData("InsufficientCapacity", 500, CapacityShortage, ErrorScope.Offer)]
    [InlineData("UnfulfillableCapacity", 400, CapacityShortage, ErrorScope.Offer)]
    [InlineData("ReservationCapacityExceeded", 400, CapacityShortage, ErrorScope.Offer)]
    [InlineData("InsufficientHostCapacity", 500, CapacityShortage, ErrorScope.Offer)]
    [InlineData("SpotMaxPriceTooLow", 400, CapacityShortage, ErrorScope.Offer)]
    [InlineData("InsufficientFreeAddressesInSubnet", 400, CapacityShortage, Zone)]
    [InlineData("InsufficientVolumeCapacity", 400, CapacityShortage, Zone)]
    [InlineData("InsufficientAddressCapacity", 500, CapacityShortage, ErrorScope.Region)]
    [InlineData("VcpuLimitExceeded", 400, QuotaExceeded, QuotaGroup)]
    [InlineData("MaxSpotInstanceCountExceeded", 400, QuotaExceeded, ErrorScope.Market)]
    [InlineData("InstanceLimitExceeded", 400, QuotaExceeded, ErrorScope.Region)]
    [InlineData("VolumeLimitExceeded", 400, QuotaExceeded, ErrorScope.Region)]
    [InlineData("AddressLimitExceeded", 400, QuotaExceeded, ErrorScope.Region)]
    [InlineData("NetworkInterfaceLimitExceeded", 400, QuotaExceeded, ErrorScope.Region)]
    [InlineData("PendingVerification", 400, QuotaExceeded, ErrorScope.Region)]
    [InlineData("Unsupported", 400, Unsupported, ErrorScope.Offer)]
    [InlineData("InvalidInstanceType", 400, Unsupported, ErrorScope.Offer)]
    [InlineData("UnsupportedOperation", 400, Unsupported, Request)]
    [InlineData("UnsupportedHibernationConfiguration", 400, Unsupported, Request)]
    [InlineData("AuthFailure", 401, Unauthenticated, Cloud)]
    [InlineData("InvalidClientTokenId", 403, Unauthenticated, Cloud)]
    [InlineData("SignatureDoesNotMatch", 403, Unauthenticated, Cloud)]
    [InlineData("ExpiredToken", 403, Unauthenticated, Cloud)]
    [InlineData("RequestExpired", 400, Unauthenticated, Cloud)]
    [InlineData("MissingAuthenticationToken", 403, Unauthenticated, Cloud)]
    [InlineData("UnauthorizedOperation", 403, PermissionDenied, Cloud)]
    [InlineData("Blocked", 403, PermissionDenied, Cloud)]
    [InlineData("OptInRequired", 401, PermissionDenied, Cloud)]
    [InlineData("InvalidInstanceID.NotFound", 400, NotFound, Request, Reasons.InstanceNotFound)]
    [InlineData("InvalidInstanceID.Malformed", 400, NotFound, Request, Reasons.InstanceNotFound)]
    [InlineData("InvalidAMIID.NotFound", 400, NotFound, Request, Reasons.ImageNotFound)]
    [InlineData("InvalidAMIID.Unavailable", 400, NotFound, Request, Reasons.ImageNotFound)]
    [InlineData("InvalidVolume.NotFound", 400, NotFound, Request)]
    [InlineData("InvalidGroup.NotFound", 400, NotFound, Request)]
    [InlineData("InvalidSubnetID.NotFound", 400, NotFound, Request)]
    [InlineData("VPCIdNotSpecified", 400, NotFound, ErrorScope.Region)]
    [InlineData("IncorrectInstanceState", 400, Conflict, Request, Reasons.WrongState)]
    [InlineData("IncorrectState", 400, Conflict, Request, Reasons.WrongState)]
    [InlineData("OperationNotPermitted", 400, Conflict, Request, Reasons.WrongState)]
    [InlineData("IdempotentParameterMismatch", 400, Conflict, Request, Reasons.KeyReused)]
    [InlineData("IdempotentInstanceTerminated", 400, Conflict, Request, Reasons.WrongState)]
    [InlineData("ResourceInUse", 400, Conflict, Request)]
    [InlineData("VolumeInUse", 400, Conflict, Request)]
    [InlineData("DependencyViolation", 400, Conflict, Request)]
    [InlineData("Resource.AlreadyAssociated", 400, Conflict, Request)]
    [InlineData("DryRunOperation", 412, Conflict, Request)]
    [InlineData("InvalidGroup.Duplicate", 400, AlreadyExists, Request)]
    [InlineData("InvalidKeyPair.Duplicate", 400, AlreadyExists, Request)]
    [InlineData("InvalidParameterValue", 400, InvalidArgument, Request)]
    [InlineData("InvalidParameterCombination", 400, InvalidArgument, Request)]
    [InlineData("MissingParameter", 400, InvalidArgument, Request)]
    [InlineData("UnknownParameter", 400, InvalidArgument, Request)]
    [InlineData("InvalidKey.Format", 400, InvalidArgument, Request)]
    [InlineData("InvalidBlockDeviceMapping", 400, InvalidArgument, Request)]
    [InlineData("TagLimitExceeded", 400, InvalidArgument, Request, Reasons.TagNotSupported)]
    [InlineData("InvalidTagKey.Malformed", 400, InvalidArgument, Request, Reasons.TagNotSupported)]
    [InlineData("SomethingNew", 400, CloudErrorCode.Unknown, Request)]
    public async Task Refusal_GivesItsRow_AndIsNotRetried(string code, int status, CloudErrorCode expected, ErrorScope scope, string? reason = null)
    {
        var error = await FailAsync(new ScriptedEc2().Fail("StartInstances", code, "Real text of EC2.", status));

        error.Code.ShouldBe(expected);
        error.Scope.ShouldBe(scope);
        error.Reason.ShouldBe(reason);
        error.IsTransient.ShouldBeFalse();
        error.ProviderCode.ShouldBe(code);
        error.StatusCode.ShouldBe(status);
        error.RequestId.ShouldBe("ea966190-f9aa-478e-9ede-example");
        error.Message.ShouldContain("Real text of EC2.");
        error.MayHaveTakenEffect.ShouldBeFalse();
    }

    [Theory]
    [InlineData("RequestLimitExceeded", 503)]
    [InlineData("Throttling", 400)]
    [InlineData("EC2ThrottledException", 503)]
    public async Task Throttling_IsTransient_AndRulesNothingOut(string code, int status)
    {
        var error = await FailAsync(new ScriptedEc2().Fail("StartInstances", code, "Request limit exceeded.", status, retryAfter: 7));

        error.Code.ShouldBe(Throttled);
        error.IsTransient.ShouldBeTrue();
        error.Scope.ShouldBe(Request);
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        error.MayHaveTakenEffect.ShouldBeFalse();
    }

    [Theory]
    [InlineData("InternalError", 500)]
    [InlineData("ServiceUnavailable", 503)]
    [InlineData("Unavailable", 503)]
    public async Task FaultOfEc2_IsTransient_AndMayHaveTakenEffect(string code, int status)
    {
        var error = await FailAsync(new ScriptedEc2().Fail("StartInstances", code, "An internal error has occurred", status));

        error.Code.ShouldBe(CloudErrorCode.Unavailable);
        error.IsTransient.ShouldBeTrue();
        error.MayHaveTakenEffect.ShouldBeTrue();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, CloudErrorCode.Unavailable, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, CloudErrorCode.Unavailable, true)]
    [InlineData(HttpStatusCode.Forbidden, PermissionDenied, false)]
    [InlineData(HttpStatusCode.NotFound, CloudErrorCode.Unknown, false)]
    [InlineData(HttpStatusCode.TooManyRequests, Throttled, true)]
    public async Task HtmlOfAProxy_IsJudgedByItsStatus(HttpStatusCode status, CloudErrorCode expected, bool transient)
    {
        var error = await FailAsync(new ScriptedEc2().Answer("StartInstances", () => ScriptedEc2.Html(status, "Squid says no")), checks: false);

        error.Code.ShouldBe(expected);
        error.IsTransient.ShouldBe(transient);
        error.ProviderCode.ShouldBeNull();
    }

    [Fact]
    public async Task HtmlWithStatus200_IsNotTakenForAReply()
    {
        var error = await FailAsync(new ScriptedEc2().Answer("StartInstances", () => ScriptedEc2.Html(HttpStatusCode.OK, "Please log in")), checks: false);

        error.Code.ShouldBe(CloudErrorCode.Unavailable);
        error.Message.ShouldContain("Endpoint");
        error.MayHaveTakenEffect.ShouldBeTrue();
    }

    [Fact]
    public async Task ConnectionThatBreaks_IsTransient_AndMayHaveTakenEffect()
    {
        var error = await FailAsync(new ScriptedEc2().Answer("StartInstances", () => throw new HttpRequestException("reset", new IOException("Connection reset by peer"))));

        error.Code.ShouldBe(CloudErrorCode.Unavailable);
        error.IsTransient.ShouldBeTrue();
        error.MayHaveTakenEffect.ShouldBeTrue();
    }

    [Fact]
    public async Task NoConnection_IsOfTheCloud_AndTookNoEffect()
    {
        var error = await FailAsync(new ScriptedEc2().Answer("StartInstances", () => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")));

        error.Code.ShouldBe(CloudErrorCode.Unavailable);
        error.Scope.ShouldBe(Cloud);
        error.MayHaveTakenEffect.ShouldBeFalse();
        error.Message.ShouldContain("ec2.eu-central-1.amazonaws.com");
    }

    [Fact]
    public async Task Cancellation_IsPassedOn()
    {
        using var source = new CancellationTokenSource();
        var script = new ScriptedEc2().Answer("StartInstances", () =>
        {
            source.Cancel();
            throw new OperationCanceledException(source.Token);
        });
        await using var cloud = AwsTestCloud.On(script);

        await Should.ThrowAsync<OperationCanceledException>(() => cloud.Driver.ActAsync("i-1234567890abcdef0", InstanceAction.Start, source.Token));
    }

    [Fact]
    public async Task AuthFailure_InAnotherRegion_RulesOutThatRegionOnly()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().Fail("StartInstances", "AuthFailure", "AWS was not able to validate the provided access credentials", 401));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("us-west-2/i-1234567890abcdef0", InstanceAction.Start, default));

        error.Code.ShouldBe(Unauthenticated);
        error.Scope.ShouldBe(ErrorScope.Region);
    }

    [Fact]
    public async Task UserDataTooLarge_IsNamed()
    {
        var error = await FailAsync(new ScriptedEc2().Fail("StartInstances", "InvalidParameterValue", "User data is limited to 16384 bytes"));

        error.Code.ShouldBe(InvalidArgument);
        error.Reason.ShouldBe(Reasons.UserDataTooLarge);
    }

    [Fact]
    public async Task NoError_HoldsASecret()
    {
        var error = await FailAsync(new ScriptedEc2().Fail("StartInstances", "SignatureDoesNotMatch", "The request signature we calculated does not match.", 403));

        error.ToString().ShouldNotContain(AwsTestCloud.SecretAccessKey);
    }

    [Fact]
    public async Task Vendor_DoesNotRetry()
    {
        var script = new ScriptedEc2().Fail("StartInstances", "RequestLimitExceeded", status: 503);

        await FailAsync(script);

        script.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task MissingProfile_IsUnauthenticated_AndNamed()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2(), options =>
        {
            options.AccessKeyId = null;
            options.SecretAccessKey = null;
            options.Profile = "there-is-no-such-profile";
        });

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("i-1234567890abcdef0", InstanceAction.Start, default));

        error.Code.ShouldBe(Unauthenticated);
        error.Scope.ShouldBe(Cloud);
        error.Message.ShouldContain("there-is-no-such-profile");
    }

    private static async Task<CloudException> FailAsync(ScriptedEc2 script, bool checks = true)
    {
        await using var cloud = AwsTestCloud.On(script, checks: checks);
        return await Should.ThrowAsync<CloudException>(() => cloud.Driver.ActAsync("i-1234567890abcdef0", InstanceAction.Start, default));
    }
}
