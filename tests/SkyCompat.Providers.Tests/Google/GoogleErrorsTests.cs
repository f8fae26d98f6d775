using SkyCompat.Google;
using SkyCompat.ObjectStorage;
using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.Google;

/// <summary>Every row of the error table, replayed from replies as the store sends them.</summary>
public sealed class GoogleErrorsTests
{
    public static TheoryData<int, string, CloudErrorCode, string?, bool> JsonReasons { get; } = new()
    {
        { 400, "invalid", InvalidArgument, null, false },
        { 400, "required", InvalidArgument, null, false },
        { 400, "badRequest", InvalidArgument, null, false },
        { 401, "authError", Unauthenticated, null, false },
        { 401, "required", Unauthenticated, null, false },
        { 403, "forbidden", PermissionDenied, null, false },
        { 403, "insufficientPermissions", PermissionDenied, null, false },
        { 403, "accountDisabled", PermissionDenied, null, false },
        { 403, "sslRequired", InvalidArgument, null, false },
        { 403, "rateLimitExceeded", Throttled, null, true },
        { 403, "userRateLimitExceeded", Throttled, null, true },
        { 429, "rateLimitExceeded", Throttled, null, true },
        { 403, "quotaExceeded", QuotaExceeded, null, false },
        { 403, "retentionPolicyNotMet", Conflict, Reasons.ObjectRetained, false },
        { 403, "objectUnderActiveHold", Conflict, Reasons.ObjectRetained, false },
        { 404, "notFound", NotFound, Reasons.ObjectNotFound, false },
        { 405, "methodNotAllowed", Unsupported, null, false },
        { 409, "conflict", Conflict, Reasons.ConcurrentWrite, true },
        { 412, "conditionNotMet", PreconditionFailed, null, false },
        { 413, "uploadTooLarge", InvalidArgument, Reasons.TooLarge, false },
        { 416, "requestedRangeNotSatisfiable", InvalidArgument, Reasons.RangeNotSatisfiable, false },
        { 500, "backendError", Unavailable, null, true },
        { 500, "internalError", Unavailable, null, true },
        { 501, "notImplemented", Unsupported, null, false },
        { 503, "backendError", Unavailable, null, true },
        { 503, "uploadBrokenConnection", Unavailable, null, true },
        { 418, "somethingNew", Unknown, null, false },
    };

    public static TheoryData<int, string, CloudErrorCode, string?, bool> XmlCodes { get; } = new()
    {
        { 404, "NoSuchBucket", NotFound, Reasons.BucketNotFound, false },
        { 404, "NoSuchKey", NotFound, Reasons.ObjectNotFound, false },
        { 412, "PreconditionFailed", PreconditionFailed, null, false },
        { 416, "InvalidRange", InvalidArgument, Reasons.RangeNotSatisfiable, false },
        { 400, "BadDigest", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 400, "EntityTooSmall", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "EntityTooLarge", InvalidArgument, Reasons.TooLarge, false },
        { 400, "InvalidPart", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "InvalidPartOrder", InvalidArgument, Reasons.InvalidPart, false },
        { 403, "AccessDenied", PermissionDenied, null, false },
        { 401, "AuthenticationRequired", Unauthenticated, null, false },
        { 400, "ExpiredToken", Unauthenticated, null, false },
        { 403, "RequestTimeTooSkewed", Unauthenticated, Reasons.ClockSkew, false },
        { 429, "SlowDown", Throttled, null, true },
        { 503, "ServiceUnavailable", Unavailable, null, true },
        { 500, "InternalError", Unavailable, null, true },
        { 400, "RequestTimeout", CloudErrorCode.Timeout, null, true },
        { 400, "KeyTooLong", InvalidArgument, Reasons.InvalidKey, false },
        { 400, "InvalidObjectName", InvalidArgument, Reasons.InvalidKey, false },
        { 400, "MetadataTooLarge", InvalidArgument, Reasons.InvalidMetadata, false },
        { 400, "InvalidBucketName", InvalidArgument, Reasons.InvalidBucketName, false },
        { 400, "InvalidArgument", InvalidArgument, null, false },
        { 405, "MethodNotAllowed", Unsupported, null, false },
        { 411, "MissingContentLength", InvalidArgument, null, false },
        { 418, "SomethingNew", Unknown, null, false },
    };

    public static TheoryData<int, CloudErrorCode, string?, bool> Statuses { get; } = new()
    {
        { 301, Unknown, null, false },
        { 304, PreconditionFailed, Reasons.NotModified, false },
        { 308, Unavailable, null, true },
        { 400, InvalidArgument, null, false },
        { 401, Unauthenticated, null, false },
        { 403, PermissionDenied, null, false },
        { 404, NotFound, Reasons.ObjectNotFound, false },
        { 405, Unsupported, null, false },
        { 407, Unauthenticated, null, false },
        { 408, CloudErrorCode.Timeout, null, true },
        { 409, Conflict, Reasons.ConcurrentWrite, true },
        { 410, NotFound, Reasons.ObjectNotFound, false },
        { 411, InvalidArgument, null, false },
        { 412, PreconditionFailed, null, false },
        { 413, InvalidArgument, Reasons.TooLarge, false },
        { 416, InvalidArgument, Reasons.RangeNotSatisfiable, false },
        { 429, Throttled, null, true },
        { 500, Unavailable, null, true },
        { 501, Unsupported, null, false },
        { 502, Unavailable, null, true },
        { 503, Unavailable, null, true },
        { 504, Unavailable, null, true },
        { 507, QuotaExceeded, Reasons.StorageFull, false },
        { 418, Unknown, null, false },
    };

    [Theory]
    [MemberData(nameof(JsonReasons))]
    public async Task Reply_JsonReason_IsItsRow(int status, string reason, CloudErrorCode code, string? expectedReason, bool isTransient)
    {
        var error = await WriteAsync(() => GoogleTestCloud.Error(status, reason));

        Check(error, status, code, expectedReason, isTransient);
        error.ProviderCode.ShouldBe(reason);
    }

    [Theory]
    [MemberData(nameof(XmlCodes))]
    public async Task Reply_XmlCode_IsItsRow(int status, string providerCode, CloudErrorCode code, string? expectedReason, bool isTransient)
    {
        var error = await ReadAsync(() => GoogleTestCloud.XmlError(status, providerCode));

        Check(error, status, code, expectedReason, isTransient);
        error.ProviderCode.ShouldBe(providerCode);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Reply_OnlyAStatus_IsItsRow(int status, CloudErrorCode code, string? expectedReason, bool isTransient) =>
        Check(await ReadAsync(() => GoogleTestCloud.Reply(status)), status, code, expectedReason, isTransient);

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(429, false)]
    [InlineData(404, false)]
    public async Task Write_Refused_SaysWhetherItMayHaveTakenEffect(int status, bool mayHave) =>
        (await WriteAsync(() => GoogleTestCloud.Reply(status))).MayHaveTakenEffect.ShouldBe(mayHave);

    [Fact]
    public async Task NotFound_OfTheBucket_IsToldFromThatOfTheObject()
    {
        var error = await WriteAsync(() => GoogleTestCloud.Error(404, "notFound", "The specified bucket does not exist."));

        error.Reason.ShouldBe(Reasons.BucketNotFound);
    }

    [Fact]
    public async Task BadChecksum_InAnErrorThatOnlyItsTextTells_IsDataCorrupted()
    {
        var error = await WriteAsync(() => GoogleTestCloud.Error(400, "invalid", "Provided CRC32C \"AAAAAA==\" doesn't match calculated CRC32C \"yZRlqg==\"."));

        (error.Code, error.Reason).ShouldBe((DataCorrupted, Reasons.ChecksumMismatch));
    }

    [Theory]
    [InlineData(1, AlreadyExists, Reasons.ObjectExists)]
    [InlineData(2, PreconditionFailed, null)]
    public async Task ConditionFailed_OfAWrite_IsWhatWasDemanded(int kind, CloudErrorCode code, string? reason)
    {
        var condition = kind == 1 ? WriteCondition.MustNotExist : WriteCondition.MustMatch(VersionTag.Parse("7"));
        var error = await WriteAsync(() => GoogleTestCloud.Error(412, "conditionNotMet"), condition);

        (error.Code, error.Reason, error.IsTransient).ShouldBe((code, reason, false));
    }

    [Theory]
    [InlineData(404, Unknown, false)]
    [InlineData(403, Unknown, false)]
    [InlineData(502, Unavailable, true)]
    public async Task Html_OfAProxy_IsNotTakenForTheStore(int status, CloudErrorCode code, bool isTransient)
    {
        var error = await WriteAsync(() => GoogleTestCloud.Reply(status, "<!DOCTYPE html><html><head><title>Proxy</title></head><body>Go away<br></body></html>", "text/html"));

        (error.Code, error.IsTransient).ShouldBe((code, isTransient));
    }

    [Fact]
    public async Task Html_WithGooglesMark_IsTheStoresByItsStatus()
    {
        var error = await ReadAsync(() => GoogleTestCloud.Reply(404, "<html><body>Error 404 (Not Found)!!1</body></html>", "text/html", ("X-GUploader-UploadID", "AHxI1n")));

        (error.Code, error.Reason, error.RequestId).ShouldBe((NotFound, Reasons.ObjectNotFound, "AHxI1n"));
    }

    [Fact]
    public async Task Html_WithStatus200_IsNoObject()
    {
        var get = await ReadAsync(() => GoogleTestCloud.Reply(200, "<html>log in</html>", "text/html"));
        var put = await WriteAsync(() => GoogleTestCloud.Reply(200, "<html>log in</html>", "text/html"));

        (get.Code, put.Code).ShouldBe((Unknown, Unknown));
    }

    [Fact]
    public async Task Error_WithinA200_OfACompletion_IsFound()
    {
        await using var cloud = GoogleTestCloud.Create(_ => GoogleTestCloud.XmlError(200, "InternalError"));
        var error = await Should.ThrowAsync<CloudException>(() => cloud.Bucket.CompleteUploadAsync(
            new MultipartUpload("key", "id"), [new UploadedPart(1, VersionTag.Parse("e"), 1)], null, new PutOptions(), default));

        (error.Code, error.IsTransient, error.MayHaveTakenEffect).ShouldBe((Unavailable, true, true));
    }

    [Fact]
    public async Task RetryAfter_SecondsAndDate_AreTold()
    {
        var seconds = await ReadAsync(() => GoogleTestCloud.Reply(429, "", "text/plain", ("Retry-After", "7")));
        var date = await ReadAsync(() => GoogleTestCloud.Reply(503, "", "text/plain", ("Retry-After", DateTimeOffset.UtcNow.AddMinutes(2).ToString("r"))));

        seconds.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        date.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Batch_RepliesOfEveryKind_AreResultsInTheOrderOfTheKeys()
    {
        const string Denied = """{"error":{"code":403,"message":"no","errors":[{"reason":"forbidden"}]}}""";
        const string Missing = """{"error":{"code":404,"message":"No such object: bucket/b","errors":[{"reason":"notFound"}]}}""";
        const string Broken = """{"error":{"code":503,"message":"later","errors":[{"reason":"backendError"}]}}""";

        // In another order than they were asked, and one with no reply.
        var body = Part(3, "503 Service Unavailable", Broken) + Part(0, "204 No Content", "") + Part(2, "403 Forbidden", Denied) + Part(1, "404 Not Found", Missing) + "--batch_x--\r\n";
        await using var cloud = GoogleTestCloud.Create(_ => GoogleTestCloud.Reply(200, body, "text/plain", ("Content-Type", "multipart/mixed; boundary=batch_x")));

        var results = await cloud.Bucket.DeleteBatchAsync(["a", "b", "c/ü", "d", "e"], default);

        results.Select(result => (result.Key, result.Outcome, result.Error?.Code)).ShouldBe(
        [
            ("a", DeleteOutcome.Deleted, null),
            ("b", DeleteOutcome.Missing, null),
            ("c/ü", DeleteOutcome.Failed, PermissionDenied),
            ("d", DeleteOutcome.Failed, Unavailable),
            ("e", DeleteOutcome.Failed, Unavailable),
        ]);
        var sent = cloud.Sent.ShouldHaveSingleItem();
        sent.Url.ShouldBe("https://storage.googleapis.com/batch/storage/v1");
        sent.Text.ShouldContain("Content-ID: <2>\r\n\r\nDELETE /storage/v1/b/bucket/o/c%2F%C3%BC HTTP/1.1\r\n");

        static string Part(int id, string status, string body) =>
            $"--batch_x\r\nContent-Type: application/http\r\nContent-ID: <response-{id}>\r\n\r\nHTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n\r\n{body}\r\n\r\n";
    }

    [Fact]
    public async Task Batch_BucketThatIsNotThere_FailsAsAWhole()
    {
        const string Body = "--x\r\nContent-ID: <response-0>\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n" +
            """{"error":{"code":404,"message":"The specified bucket does not exist.","errors":[{"reason":"notFound"}]}}""" + "\r\n--x--";
        await using var cloud = GoogleTestCloud.Create(_ => GoogleTestCloud.Reply(200, Body, "text/plain", ("Content-Type", "multipart/mixed; boundary=\"x\"")));

        (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.DeleteBatchAsync(["a"], default))).Reason.ShouldBe(Reasons.BucketNotFound);
    }

    private static void Check(CloudException error, int status, CloudErrorCode code, string? reason, bool isTransient)
    {
        (error.Code, error.Reason, error.IsTransient, error.StatusCode).ShouldBe((code, reason, isTransient, status));
        error.Message.ShouldNotContain("Bearer");
    }

    private static async Task<CloudException> ReadAsync(Func<HttpResponseMessage> reply)
    {
        await using var cloud = GoogleTestCloud.Create(_ => reply());
        return await Should.ThrowAsync<CloudException>(() => cloud.Bucket.GetAsync("key", new GetOptions(), default));
    }

    private static async Task<CloudException> WriteAsync(Func<HttpResponseMessage> reply, WriteCondition condition = default)
    {
        await using var cloud = GoogleTestCloud.Create(_ => reply());
        return await Should.ThrowAsync<CloudException>(() => cloud.Bucket.PutAsync("key", GoogleTestCloud.Body([1]), null, new PutOptions { Condition = condition }, default));
    }
}
