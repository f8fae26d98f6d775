using SkyCompat.ObjectStorage;
using static SkyCompat.CloudErrorCode;
using static SkyCompat.Providers.Tests.Azure.AzureTestCloud;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.Azure;

/// <summary>Every row of the error table, replayed from replies as the service sends them.</summary>
public sealed class AzureErrorsTests
{
    private const string Key = "a/b";
    private static readonly DateTimeOffset ServerTime = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<int, string, CloudErrorCode, string?, bool> Codes { get; } = new()
    {
        { 404, "ContainerNotFound", NotFound, Reasons.BucketNotFound, false },
        { 409, "ContainerBeingDeleted", Conflict, null, true },
        { 409, "ContainerDisabled", PermissionDenied, null, false },
        { 409, "ContainerAlreadyExists", AlreadyExists, Reasons.BucketExists, false },
        { 404, "BlobNotFound", NotFound, Reasons.ObjectNotFound, false },
        { 404, "ResourceNotFound", NotFound, Reasons.ObjectNotFound, false },
        { 404, "PathNotFound", NotFound, Reasons.ObjectNotFound, false },
        { 409, "BlobAlreadyExists", AlreadyExists, Reasons.ObjectExists, false },
        { 409, "ResourceAlreadyExists", AlreadyExists, Reasons.ObjectExists, false },
        { 409, "PathAlreadyExists", AlreadyExists, Reasons.ObjectExists, false },
        { 403, "UnauthorizedBlobOverwrite", PermissionDenied, null, false },
        { 412, "ConditionNotMet", PreconditionFailed, null, false },
        { 412, "TargetConditionNotMet", PreconditionFailed, null, false },
        { 412, "SourceConditionNotMet", PreconditionFailed, null, false },
        { 404, "CannotVerifyCopySource", NotFound, Reasons.ObjectNotFound, false },
        { 403, "CannotVerifyCopySource", PermissionDenied, null, false },
        { 401, "CannotVerifyCopySource", PermissionDenied, null, false },
        { 412, "CannotVerifyCopySource", PreconditionFailed, null, false },
        { 409, "CannotVerifyCopySource", Conflict, null, false },
        { 500, "CannotVerifyCopySource", Unavailable, null, true },
        { 400, "CannotVerifyCopySource", InvalidArgument, null, false },
        { 409, "PendingCopyOperation", Conflict, Reasons.ConcurrentWrite, true },
        { 400, "InvalidBlobOrBlock", Conflict, Reasons.ConcurrentWrite, false },
        { 412, "LeaseIdMissing", Conflict, Reasons.ObjectRetained, false },
        { 409, "LeaseAlreadyPresent", Conflict, Reasons.ObjectRetained, false },
        { 412, "LeaseIdMismatchWithBlobOperation", Conflict, Reasons.ObjectRetained, false },
        { 412, "LeaseLost", Conflict, Reasons.ObjectRetained, false },
        { 409, "BlobImmutableDueToPolicy", Conflict, Reasons.ObjectRetained, false },
        { 409, "BlobImmutableDueToLegalHold", Conflict, Reasons.ObjectRetained, false },
        { 409, "SnapshotsPresent", Conflict, Reasons.ObjectRetained, false },
        { 409, "BlobArchived", Conflict, Reasons.ObjectArchived, false },
        { 409, "BlobBeingRehydrated", Conflict, Reasons.ObjectArchived, false },
        { 409, "InvalidBlobType", Conflict, null, false },
        { 409, "PathConflict", Conflict, null, false },
        { 416, "InvalidRange", InvalidArgument, Reasons.RangeNotSatisfiable, false },
        { 503, "ServerBusy", Throttled, null, true },
        { 429, "TooManyRequests", Throttled, null, true },
        { 500, "OperationTimedOut", CloudErrorCode.Timeout, null, true },
        { 500, "InternalError", Unavailable, null, true },
        { 409, "AccountBeingCreated", Unavailable, null, true },
        { 400, "Md5Mismatch", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 400, "Crc64Mismatch", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 400, "InvalidMd5", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 413, "RequestBodyTooLarge", InvalidArgument, Reasons.TooLarge, false },
        { 400, "BlockListTooLong", InvalidArgument, Reasons.InvalidPart, false },
        { 409, "BlockCountExceedsLimit", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "InvalidBlockId", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "InvalidBlockList", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "MetadataTooLarge", InvalidArgument, Reasons.InvalidMetadata, false },
        { 400, "InvalidMetadata", InvalidArgument, Reasons.InvalidMetadata, false },
        { 400, "EmptyMetadataKey", InvalidArgument, Reasons.InvalidMetadata, false },
        { 400, "InvalidTags", InvalidArgument, Reasons.InvalidTags, false },
        { 400, "TagsTooLarge", InvalidArgument, Reasons.InvalidTags, false },
        { 400, "InvalidResourceName", InvalidArgument, Reasons.InvalidKey, false },
        { 400, "InvalidUri", InvalidArgument, Reasons.InvalidKey, false },
        { 403, "AuthenticationFailed", Unauthenticated, null, false },
        { 401, "InvalidAuthenticationInfo", Unauthenticated, null, false },
        { 401, "NoAuthenticationInformation", Unauthenticated, null, false },
        { 403, "KeyBasedAuthenticationNotPermitted", Unauthenticated, null, false },
        { 403, "AuthorizationFailure", PermissionDenied, null, false },
        { 403, "AuthorizationPermissionMismatch", PermissionDenied, null, false },
        { 403, "InsufficientAccountPermissions", PermissionDenied, null, false },
        { 403, "AuthorizationResourceTypeMismatch", PermissionDenied, null, false },
        { 403, "AuthorizationServiceMismatch", PermissionDenied, null, false },
        { 403, "AuthorizationProtocolMismatch", PermissionDenied, null, false },
        { 403, "AuthorizationSourceIPMismatch", PermissionDenied, null, false },
        { 403, "AccountIsDisabled", PermissionDenied, null, false },
        { 409, "PublicAccessNotPermitted", PermissionDenied, null, false },
        { 400, "BlobAccessTierNotSupportedForAccountType", Unsupported, null, false },
        { 409, "FeatureVersionMismatch", Unsupported, null, false },
        { 400, "UnsupportedHeader", Unsupported, null, false },
        { 405, "UnsupportedHttpVerb", Unsupported, null, false },
        { 501, "APINotImplemented", Unsupported, null, false },
        { 400, "InvalidHeaderValue", InvalidArgument, null, false },
        { 400, "InvalidQueryParameterValue", InvalidArgument, null, false },
        { 400, "InvalidXmlDocument", InvalidArgument, null, false },
        { 400, "MultipleConditionHeadersNotSupported", InvalidArgument, null, false },
        { 418, "SomethingNew", Unknown, null, false },
    };

    public static TheoryData<int, CloudErrorCode, string?, bool> Statuses { get; } = new()
    {
        { 301, Unknown, null, false },
        { 307, Unknown, null, false },
        { 400, InvalidArgument, null, false },
        { 401, Unauthenticated, null, false },
        { 403, PermissionDenied, null, false },
        { 404, NotFound, Reasons.ObjectNotFound, false },
        { 407, Unauthenticated, null, false },
        { 408, CloudErrorCode.Timeout, null, true },
        { 409, Conflict, null, false },
        { 411, InvalidArgument, null, false },
        { 412, PreconditionFailed, null, false },
        { 413, InvalidArgument, Reasons.TooLarge, false },
        { 416, InvalidArgument, Reasons.RangeNotSatisfiable, false },
        { 429, Throttled, null, true },
        { 500, Unavailable, null, true },
        { 501, Unsupported, null, false },
        { 502, Unavailable, null, true },
        { 503, Unavailable, null, true },
        { 507, QuotaExceeded, Reasons.StorageFull, false },
        { 418, Unknown, null, false },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Get_CodeOfTheService_Maps(int status, string code, CloudErrorCode expected, string? reason, bool transient)
    {
        await using var cloud = Create(_ => Refusal(status, code));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        (error.Code, error.Reason, error.IsTransient).ShouldBe((expected, reason, transient));
        (error.ProviderCode, error.StatusCode, error.RequestId, error.MayHaveTakenEffect).ShouldBe((code, status, "REQ1", false));
        error.Message.ShouldNotContain("RequestId:");
        error.ToString().ShouldNotContain(Azurite.AccountKey);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Get_NoDocument_MapsByStatus(int status, CloudErrorCode expected, string? reason, bool transient)
    {
        await using var cloud = Create(_ => Reply(status));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        (error.Code, error.Reason, error.IsTransient).ShouldBe((expected, reason, transient));
    }

    [Theory]
    [InlineData(404, Unknown, false)]
    [InlineData(403, Unknown, false)]
    [InlineData(502, Unavailable, true)]
    public async Task Get_WebPageOfAProxy_IsNotTakenForTheServices(int status, CloudErrorCode expected, bool transient)
    {
        await using var cloud = Create(_ => Reply(status, "<!DOCTYPE html><html><body>Not here</body></html>"));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        (error.Code, error.IsTransient).ShouldBe((expected, transient));
    }

    [Fact]
    public async Task Info_CodeInTheHeaderOnly_Maps()
    {
        await using var cloud = Create(_ => Reply(404, "", ("x-ms-error-code", "ContainerNotFound"), ("x-ms-request-id", "REQ1")));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").TryGetInfoAsync(Key, new GetInfoOptions(), default));

        error.Reason.ShouldBe(Reasons.BucketNotFound);
    }

    [Fact]
    public async Task Get_NotModified_IsAFailedConditionOfARead()
    {
        await using var cloud = Create(_ => Reply(304, "", ("x-ms-error-code", "ConditionNotMet")));
        var options = new GetOptions { Condition = new ReadCondition { IfNoneMatch = VersionTag.Parse("x") } };

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, options, default));

        (error.Code, error.Reason).ShouldBe((PreconditionFailed, Reasons.NotModified));
    }

    [Theory]
    [InlineData(409, "BlobAlreadyExists", AlreadyExists, Reasons.ObjectExists)]
    [InlineData(412, "ConditionNotMet", AlreadyExists, Reasons.ObjectExists)]
    [InlineData(412, "TargetConditionNotMet", AlreadyExists, Reasons.ObjectExists)]
    [InlineData(412, "LeaseIdMissing", Conflict, Reasons.ObjectRetained)]
    [InlineData(409, "PendingCopyOperation", Conflict, Reasons.ConcurrentWrite)]
    public async Task Put_MustNotExist_IsDecidedByTheCode(int status, string code, CloudErrorCode expected, string reason)
    {
        var error = await PutAsync(new PutOptions { Condition = WriteCondition.MustNotExist }, status, code);

        (error.Code, error.Reason).ShouldBe((expected, reason));
    }

    [Theory]
    [InlineData(412, "ConditionNotMet")]
    [InlineData(404, "BlobNotFound")]
    public async Task Put_MustMatch_MapsToPreconditionFailed(int status, string code)
    {
        var error = await PutAsync(new PutOptions { Condition = WriteCondition.MustMatch(VersionTag.Parse("x")) }, status, code);

        (error.Code, error.Reason).ShouldBe((PreconditionFailed, null));
    }

    [Theory]
    [InlineData(500, "InternalError", true)]
    [InlineData(500, "OperationTimedOut", true)]
    [InlineData(503, "ServerBusy", false)]
    [InlineData(403, "AuthorizationFailure", false)]
    public async Task Put_FailureInside_MayHaveTakenEffect(int status, string code, bool expected) =>
        (await PutAsync(new PutOptions(), status, code)).MayHaveTakenEffect.ShouldBe(expected);

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("x-ms-retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "Fri, 01 May 2026 12:00:30 GMT", 30)]
    public async Task Get_RetryAfter_IsTold(string header, string value, double seconds)
    {
        await using var cloud = Create(_ => Refusal(503, "ServerBusy", null, (header, value)), new FixedTime(ServerTime));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("Signature not valid in the specified time frame: Start [x] - Expiry [y] - Current [z]", "has expired")]
    [InlineData("Lifetime validation failed. The token is expired.", "has expired")]
    [InlineData("Signature did not match. String to sign used was r sig=c2VjcmV0", "does not accept the signature")]
    public async Task Get_AuthenticationFailed_SaysWhyAndNotWhatWasSigned(string detail, string expected)
    {
        await using var cloud = Create(_ => Refusal(403, "AuthenticationFailed", detail));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        (error.Code, error.Scope).ShouldBe((Unauthenticated, ErrorScope.Cloud));
        error.Message.ShouldContain(expected);
        error.ToString().ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public async Task Get_WrongSignatureAsAzuriteTellsIt_IsUnauthenticated()
    {
        await using var cloud = Create(_ => Reply(
            403,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Error><Code>AuthorizationFailure</Code><Message>Server failed to authenticate the request. Make sure the value of the Authorization header is formed correctly including the signature.\nRequestId:r\nTime:t</Message></Error>",
            ("x-ms-error-code", "AuthorizationFailure")));

        (await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default))).Code.ShouldBe(Unauthenticated);
    }

    [Fact]
    public async Task Get_ClockIsWrong_IsTransientOnceAndThenSignedWithTheServicesTime()
    {
        var dates = new List<string>();
        await using var cloud = Create(
            request =>
            {
                dates.Add(request.Headers.GetValues("x-ms-date").Single());
                return Refusal(403, "AuthenticationFailed", "Request date header too old", ("Date", "Fri, 01 May 2026 12:00:00 GMT"));
            },
            new FixedTime(ServerTime.AddHours(-3)));
        var bucket = cloud.Storage.OpenBucket("media");

        var first = await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key, new GetOptions(), default));
        var second = await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key, new GetOptions(), default));

        (first.Code, first.Reason, first.IsTransient).ShouldBe((Unauthenticated, Reasons.ClockSkew, true));
        (second.Reason, second.IsTransient).ShouldBe((Reasons.ClockSkew, false));
        dates.ShouldBe(["Fri, 01 May 2026 09:00:00 GMT", "Fri, 01 May 2026 12:00:00 GMT"]);
    }

    private static async Task<CloudException> PutAsync(PutOptions options, int status, string code)
    {
        await using var cloud = Create(_ => Refusal(status, code));
        return await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").PutAsync(Key, Body(1), null, options, default));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
