using System.Net;
using System.Text;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;
using SkyCompat.S3;
using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.S3;

/// <summary>Every row of the error table, replayed from replies as stores send them.</summary>
public sealed class S3ErrorsTests
{
    private const string Key = "a/b";
    private static readonly DateTimeOffset ServerTime = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<int, string, CloudErrorCode, string?, bool> Codes { get; } = new()
    {
        { 404, "NoSuchBucket", NotFound, Reasons.BucketNotFound, false },
        { 404, "NoSuchKey", NotFound, Reasons.ObjectNotFound, false },
        { 404, "NoSuchVersion", NotFound, Reasons.VersionNotFound, false },
        { 404, "NoSuchUpload", NotFound, Reasons.UploadNotFound, false },
        { 409, "BucketAlreadyExists", AlreadyExists, Reasons.BucketExists, false },
        { 409, "BucketAlreadyOwnedByYou", AlreadyExists, Reasons.BucketExists, false },
        { 409, "BucketNotEmpty", Conflict, Reasons.BucketNotEmpty, false },
        { 412, "PreconditionFailed", PreconditionFailed, null, false },
        { 409, "FileAlreadyExists", AlreadyExists, Reasons.ObjectExists, false },
        { 409, "ConditionalRequestConflict", Conflict, Reasons.ConcurrentWrite, true },
        { 409, "OperationAborted", Conflict, Reasons.ConcurrentWrite, true },
        { 416, "InvalidRange", InvalidArgument, Reasons.RangeNotSatisfiable, false },
        { 503, "SlowDown", Throttled, null, true },
        { 400, "ThrottlingException", Throttled, null, true },
        { 503, "RequestLimitExceeded", Throttled, null, true },
        { 429, "TooManyRequests", Throttled, null, true },
        { 503, "ServiceUnavailable", Unavailable, null, true },
        { 500, "InternalError", Unavailable, null, true },
        { 400, "RequestTimeout", CloudErrorCode.Timeout, null, true },
        { 400, "BadDigest", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 400, "InvalidDigest", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 400, "XAmzContentSHA256Mismatch", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 400, "XAmzContentChecksumMismatch", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 400, "EntityTooLarge", InvalidArgument, Reasons.TooLarge, false },
        { 400, "EntityTooSmall", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "InvalidPart", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "InvalidPartOrder", InvalidArgument, Reasons.InvalidPart, false },
        { 403, "InvalidObjectState", Conflict, Reasons.ObjectArchived, false },
        { 409, "FileImmutable", Conflict, Reasons.ObjectRetained, false },
        { 403, "AccessDenied", PermissionDenied, null, false },
        { 403, "InvalidAccessKeyId", Unauthenticated, null, false },
        { 403, "SignatureDoesNotMatch", Unauthenticated, null, false },
        { 400, "ExpiredToken", Unauthenticated, null, false },
        { 400, "InvalidToken", Unauthenticated, null, false },
        { 400, "MissingSecurityHeader", Unauthenticated, null, false },
        { 403, "RequestTimeTooSkewed", Unauthenticated, Reasons.ClockSkew, false },
        { 400, "AuthorizationHeaderMalformed", Unauthenticated, null, false },
        { 301, "PermanentRedirect", Unauthenticated, null, false },
        { 507, "XMinioStorageFull", QuotaExceeded, Reasons.StorageFull, false },
        { 403, "QuotaExceeded", QuotaExceeded, Reasons.StorageFull, false },
        { 400, "TooManyBuckets", QuotaExceeded, null, false },
        { 400, "InvalidBucketName", InvalidArgument, Reasons.InvalidBucketName, false },
        { 400, "IllegalLocationConstraintException", InvalidArgument, null, false },
        { 501, "NotImplemented", Unsupported, null, false },
        { 405, "MethodNotAllowed", Unsupported, null, false },
        { 400, "KeyTooLongError", InvalidArgument, Reasons.InvalidKey, false },
        { 400, "MetadataTooLarge", InvalidArgument, Reasons.InvalidMetadata, false },
        { 400, "InvalidTag", InvalidArgument, Reasons.InvalidTags, false },
        { 400, "MalformedXML", InvalidArgument, null, false },
        { 418, "SomethingNew", Unknown, null, false },
    };

    public static TheoryData<int, CloudErrorCode, string?, bool> Statuses { get; } = new()
    {
        { 301, Unauthenticated, null, false },
        { 307, Unauthenticated, null, false },
        { 400, InvalidArgument, null, false },
        { 401, Unauthenticated, null, false },
        { 403, PermissionDenied, null, false },
        { 404, NotFound, Reasons.ObjectNotFound, false },
        { 405, Unsupported, null, false },
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
        { 504, Unavailable, null, true },
        { 507, QuotaExceeded, Reasons.StorageFull, false },
        { 418, Unknown, null, false },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Get_ErrorDocument_MapsByCode(int status, string code, CloudErrorCode expected, string? reason, bool transient)
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(status, Document(code)));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        (error.Code, error.Reason, error.IsTransient).ShouldBe((expected, reason, transient));
        (error.ProviderCode, error.StatusCode, error.RequestId, error.MayHaveTakenEffect).ShouldBe((code, status, "REQ1", false));
        error.Message.ShouldNotContain("wJalrXUtnFEMI");
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Get_NoDocument_MapsByStatus(int status, CloudErrorCode expected, string? reason, bool transient)
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(status, ""));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        (error.Code, error.Reason, error.IsTransient).ShouldBe((expected, reason, transient));
    }

    [Theory]
    [InlineData(404, Unknown, false)]
    [InlineData(403, Unknown, false)]
    [InlineData(502, Unavailable, true)]
    public async Task Get_WebPageOfAProxy_IsNotTakenForTheStores(int status, CloudErrorCode expected, bool transient)
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(status, "<!DOCTYPE html><html><body>Not here</body></html>"));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        (error.Code, error.IsTransient).ShouldBe((expected, transient));
    }

    [Fact]
    public async Task Get_NotModified_IsAFailedConditionOfARead()
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(304, ""));
        var options = new GetOptions { Condition = new ReadCondition { IfNoneMatch = VersionTag.Parse("x") } };

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, options, default));

        (error.Code, error.Reason).ShouldBe((PreconditionFailed, Reasons.NotModified));
    }

    [Theory]
    [InlineData(412, "PreconditionFailed", AlreadyExists, Reasons.ObjectExists)]
    [InlineData(304, "", AlreadyExists, Reasons.ObjectExists)]
    [InlineData(409, "FileAlreadyExists", AlreadyExists, Reasons.ObjectExists)]
    [InlineData(409, "ConditionalRequestConflict", Conflict, Reasons.ConcurrentWrite)]
    public async Task Put_MustNotExist_MapsToExists(int status, string code, CloudErrorCode expected, string reason)
    {
        var error = await PutAsync(new PutOptions { Condition = WriteCondition.MustNotExist }, status, code);

        (error.Code, error.Reason).ShouldBe((expected, reason));
    }

    [Theory]
    [InlineData(412, "PreconditionFailed")]
    [InlineData(404, "NoSuchKey")]
    [InlineData(404, "")]
    public async Task Put_MustMatch_MapsToPreconditionFailed(int status, string code)
    {
        var error = await PutAsync(new PutOptions { Condition = WriteCondition.MustMatch(VersionTag.Parse("x")) }, status, code);

        (error.Code, error.Reason).ShouldBe((PreconditionFailed, null));
    }

    [Theory]
    [InlineData(500, "InternalError", true)]
    [InlineData(502, "", true)]
    [InlineData(504, "", true)]
    [InlineData(503, "SlowDown", false)]
    [InlineData(403, "AccessDenied", false)]
    public async Task Put_FailureInside_MayHaveTakenEffect(int status, string code, bool expected) =>
        (await PutAsync(new PutOptions(), status, code)).MayHaveTakenEffect.ShouldBe(expected);

    [Theory]
    [InlineData(400, "InvalidArgument")]
    [InlineData(404, "NoSuchVersion")]
    [InlineData(404, "NoSuchKey")]
    [InlineData(405, "MethodNotAllowed")]
    [InlineData(400, "")]
    public async Task Get_UnknownVersion_IsVersionNotFound(int status, string code)
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(status, Document(code)));
        var bucket = cloud.Storage.OpenBucket("media");

        var error = await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key, new GetOptions { VersionId = "v" }, default));

        (error.Code, error.Reason).ShouldBe((NotFound, Reasons.VersionNotFound));
        (await bucket.TryGetInfoAsync(Key, new GetInfoOptions { VersionId = "v" }, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Fri, 01 May 2026 12:00:30 GMT", 30)]
    public async Task Get_RetryAfter_IsPassedOn(string value, int seconds)
    {
        await using var cloud = S3TestCloud.Create(
            _ =>
            {
                var reply = Reply(503, Document("SlowDown"));
                reply.Headers.TryAddWithoutValidation("Retry-After", value);
                return reply;
            },
            time: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(ServerTime));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").GetAsync(Key, new GetOptions(), default));

        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task Get_SkewedClock_IsTransientOnceAndThenSignedRight()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(ServerTime.AddHours(-3));
        var stamps = new List<string>();
        await using var cloud = S3TestCloud.Create(
            request =>
            {
                stamps.Add(request.Headers.GetValues("x-amz-date").Single());
                var reply = Reply(403, Document("RequestTimeTooSkewed"));
                reply.Headers.Date = ServerTime;
                return reply;
            },
            time: time);
        var bucket = cloud.Storage.OpenBucket("media");

        var first = await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key, new GetOptions(), default));
        var second = await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key, new GetOptions(), default));

        (first.Code, first.Reason, first.IsTransient).ShouldBe((Unauthenticated, Reasons.ClockSkew, true));
        second.IsTransient.ShouldBeFalse();
        stamps.ShouldBe(["20260501T090000Z", "20260501T120000Z"]);
    }

    [Theory]
    [InlineData(400, "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>", false)]
    [InlineData(301, "<Error><Code>PermanentRedirect</Code></Error>", true)]
    [InlineData(400, "", true)]
    public async Task Get_OtherRegion_IsTransientOnceAndThenSignedRight(int status, string body, bool inHeader)
    {
        var urls = new List<string>();
        await using var cloud = S3TestCloud.Create(
            S3Profiles.Aws,
            new S3Options { AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "wJalrXUtnFEMI" },
            configure: services => Microsoft.Extensions.DependencyInjection.HttpClientBuilderExtensions.ConfigurePrimaryHttpMessageHandler(
                Microsoft.Extensions.DependencyInjection.HttpClientFactoryServiceCollectionExtensions.AddHttpClient(services, "SkyCompat.S3"),
                () => new Stub(request =>
                {
                    urls.Add(request.RequestUri!.Host + " " + request.Headers.GetValues("authorization").Single().Split('/')[2]);
                    var reply = Reply(status, body);
                    if (inHeader)
                    {
                        reply.Headers.Add("x-amz-bucket-region", "eu-west-3");
                    }

                    return reply;
                })));
        var bucket = cloud.Storage.OpenBucket("media");

        var first = await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key, new GetOptions(), default));
        var second = await Should.ThrowAsync<CloudException>(() => bucket.GetAsync(Key, new GetOptions(), default));

        (first.Code, first.IsTransient).ShouldBe((Unauthenticated, true));
        second.IsTransient.ShouldBeFalse();
        urls.ShouldBe(["media.s3.us-east-1.amazonaws.com us-east-1", "media.s3.eu-west-3.amazonaws.com eu-west-3"]);
    }

    [Fact]
    public async Task Complete_ErrorInsideSuccess_IsAnError()
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(200, "\n\n  " + Document("InternalError")));
        var part = new UploadedPart(1, VersionTag.Parse("x"), 1);

        var error = await Should.ThrowAsync<CloudException>(
            () => cloud.Storage.OpenBucket("media").CompleteUploadAsync(new MultipartUpload(Key, "u"), [part], null, new PutOptions(), default));

        (error.Code, error.IsTransient, error.MayHaveTakenEffect).ShouldBe((Unavailable, true, true));
    }

    [Fact]
    public async Task Copy_ErrorInsideSuccess_IsAnError()
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(200, Document("SlowDown")));
        var bucket = cloud.Storage.OpenBucket("media");

        var error = await Should.ThrowAsync<CloudException>(() => bucket.CopyAsync(new CopySource(bucket, "s", null, default), Key, new CopyOptions(), default));

        error.Code.ShouldBe(Throttled);
    }

    [Fact]
    public async Task DeleteBatch_ErrorsInsideSuccess_AreTheKeysOwn()
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(
            200,
            "<DeleteResult><Error><Key>b</Key><Code>AccessDenied</Code><Message>no</Message></Error><Error><Key>c&amp;</Key><Code>NoSuchKey</Code></Error></DeleteResult>"));

        var results = await cloud.Storage.OpenBucket("media").DeleteBatchAsync(["a", "b", "c&"], default);

        results.Select(r => (r.Key, r.Outcome)).ShouldBe([("a", DeleteOutcome.Gone), ("b", DeleteOutcome.Failed), ("c&", DeleteOutcome.Missing)]);
        results[1].Error!.Code.ShouldBe(PermissionDenied);
    }

    [Fact]
    public async Task List_BrokenDocument_IsExplained()
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(200, "<ListBucketResult><Contents><Key>\u0001</Key>"));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").ListPageAsync(new ListOptions(), default));

        (error.Code, error.InnerException).ShouldSatisfyAllConditions(e => e.Item1.ShouldBe(Unknown), e => e.InnerException.ShouldBeOfType<System.Xml.XmlException>());
    }

    [Fact]
    public async Task List_DocumentTypeDeclaration_IsRefused()
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(200, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ListBucketResult><Name>&e;</Name></ListBucketResult>"));

        (await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").ListPageAsync(new ListOptions(), default))).Code.ShouldBe(Unknown);
    }

    private static async Task<CloudException> PutAsync(PutOptions options, int status, string code)
    {
        await using var cloud = S3TestCloud.Create(_ => Reply(status, code.Length == 0 ? "" : Document(code)));
        return await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").PutAsync(Key, S3TestCloud.Body([1]), null, options, default));
    }

    private static string Document(string code) => code.Length == 0 ? "" :
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>What the store says.</Message><BucketName>media</BucketName><RequestId>REQ1</RequestId><HostId>h</HostId></Error>";

    private static HttpResponseMessage Reply(int status, string body) => new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };

    private sealed class Stub(Func<HttpRequestMessage, HttpResponseMessage> reply) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(reply(request));
    }
}
