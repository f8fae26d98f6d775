using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;
using static SkyCompat.CloudErrorCode;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>Every row of OSS's error table, and those it shares with S3, replayed from replies as OSS sends them.</summary>
public sealed class OssErrorsTests
{
    public static TheoryData<int, string, CloudErrorCode, string?, bool> Codes { get; } = new()
    {
        // OSS's own.
        { 403, "InvalidAccessKeyId", Unauthenticated, null, false },
        { 403, "SignatureDoesNotMatch", Unauthenticated, null, false },
        { 403, "SecurityTokenExpired", Unauthenticated, null, false },
        { 403, "InvalidSecurityToken", Unauthenticated, null, false },
        { 403, "SecurityTokenNotSupported", Unauthenticated, null, false },
        { 403, "SecondLevelDomainForbidden", PermissionDenied, null, false },
        { 403, "UserDisable", PermissionDenied, null, false },
        { 409, "FileAlreadyExists", Conflict, null, false },
        { 404, "SymlinkTargetNotExist", NotFound, Reasons.ObjectNotFound, false },
        { 409, "ObjectNotAppendable", Conflict, null, false },
        { 409, "PositionNotEqualToLength", Conflict, null, false },
        { 409, "ObjectAlreadyInRestoring", Conflict, Reasons.ObjectArchived, false },
        { 409, "RestoreAlreadyInProgress", Conflict, Reasons.ObjectArchived, false },
        { 503, "DownloadTrafficRateLimitExceeded", Throttled, null, true },
        { 503, "UploadTrafficRateLimitExceeded", Throttled, null, true },
        { 503, "MetaOperationQpsLimitExceeded", Throttled, null, true },
        { 503, "FlowLimitExceeded", Throttled, null, true },
        { 503, "OperationQpsLimitExceeded", Throttled, null, true },
        { 400, "InvalidObjectName", InvalidArgument, Reasons.InvalidKey, false },
        { 400, "InvalidTargetType", InvalidArgument, null, false },
        { 400, "InvalidEncryptionRequest", InvalidArgument, null, false },
        { 403, "KmsServiceNotEnabled", PermissionDenied, null, false },
        { 400, "OperationNotSupported", Unsupported, null, false },
        { 400, "NotSupported", Unsupported, null, false },
        { 400, "BucketVersioningNotSupported", Unsupported, null, false },
        { 501, "NotImplemented", Unsupported, null, false },

        // As S3 says it.
        { 404, "NoSuchBucket", NotFound, Reasons.BucketNotFound, false },
        { 404, "NoSuchKey", NotFound, Reasons.ObjectNotFound, false },
        { 404, "NoSuchVersion", NotFound, Reasons.VersionNotFound, false },
        { 404, "NoSuchUpload", NotFound, Reasons.UploadNotFound, false },
        { 409, "BucketAlreadyExists", AlreadyExists, Reasons.BucketExists, false },
        { 409, "BucketNotEmpty", Conflict, Reasons.BucketNotEmpty, false },
        { 412, "PreconditionFailed", PreconditionFailed, null, false },
        { 416, "InvalidRange", InvalidArgument, Reasons.RangeNotSatisfiable, false },
        { 403, "InvalidObjectState", Conflict, Reasons.ObjectArchived, false },
        { 409, "FileImmutable", Conflict, Reasons.ObjectRetained, false },
        { 403, "AccessDenied", PermissionDenied, null, false },
        { 403, "RequestTimeTooSkewed", Unauthenticated, Reasons.ClockSkew, false },
        { 400, "InvalidDigest", DataCorrupted, Reasons.ChecksumMismatch, false },
        { 400, "EntityTooLarge", InvalidArgument, Reasons.TooLarge, false },
        { 400, "EntityTooSmall", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "InvalidPart", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "InvalidPartOrder", InvalidArgument, Reasons.InvalidPart, false },
        { 400, "InvalidTag", InvalidArgument, Reasons.InvalidTags, false },
        { 400, "InvalidBucketName", InvalidArgument, Reasons.InvalidBucketName, false },
        { 400, "TooManyBuckets", QuotaExceeded, null, false },
        { 400, "RequestTimeout", CloudErrorCode.Timeout, null, true },
        { 503, "QpsLimitExceeded", Throttled, null, true },
        { 503, "ServiceUnavailable", Unavailable, null, true },
        { 500, "InternalError", Unavailable, null, true },
        { 405, "MethodNotAllowed", Unsupported, null, false },
        { 400, "MalformedXML", InvalidArgument, null, false },
        { 400, "InvalidArgument", InvalidArgument, null, false },
        { 418, "SomethingNew", Unknown, null, false },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Get_ErrorDocument_MapsByCode(int status, string code, CloudErrorCode expected, string? reason, bool transient)
    {
        var error = await GetAsync(Reply(status, Document(code, "What the store says.")));

        (error.Code, error.Reason, error.IsTransient).ShouldBe((expected, reason, transient));
        (error.ProviderCode, error.StatusCode, error.RequestId, error.MayHaveTakenEffect).ShouldBe((code, status, "5C3D9175B6FC201293AD4890", false));
        error.Message.ShouldNotContain("x7hF29vQ");
    }

    [Fact]
    public async Task Get_BucketOfAnotherRegion_NamesRegionAndEndpoint()
    {
        var error = await GetAsync(Reply(403, Document("AccessDenied", "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.")));

        (error.Code, error.ProviderCode).ShouldBe((PermissionDenied, "AccessDenied"));
        error.Message.ShouldContain("check Region and Endpoint");
    }

    [Fact]
    public async Task Get_SignedForAnotherRegion_NamesTheSetting()
    {
        var error = await GetAsync(Reply(400, Document("InvalidArgument", "Invalid signing region in Authorization header. Expect region is cn-hangzhou.")));

        (error.Code, error.Scope).ShouldBe((InvalidArgument, ErrorScope.Cloud));
        error.Message.ShouldContain("set Region to the bucket's");
        error.Message.ShouldContain("Expect region is cn-hangzhou");
    }

    [Fact]
    public async Task Get_RetryAfter_IsTold()
    {
        var reply = Reply(503, Document("QpsLimitExceeded", "Slow."));
        reply.Headers.TryAddWithoutValidation("Retry-After", "7");

        (await GetAsync(reply)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(403, false)]
    public async Task Put_MayHaveTakenEffect_OnlyWhereTheStoreFailedInside(int status, bool expected)
    {
        var error = await SendAsync(Reply(status, ""), bucket => bucket.PutAsync("a", new UploadBody(default), null, new PutOptions(), default));

        error.MayHaveTakenEffect.ShouldBe(expected);
    }

    [Fact]
    public async Task Put_MustNotExist_MapsToExists()
    {
        // The bucket is asked first whether it keeps versions.
        var replies = new Queue<HttpResponseMessage>([Reply(200, "<VersioningConfiguration></VersioningConfiguration>"), Reply(409, Document("FileAlreadyExists", "It exists."))]);
        var error = await SendAsync(_ => replies.Dequeue(), bucket => bucket.PutAsync("a", new UploadBody(default), null, new PutOptions { Condition = WriteCondition.MustNotExist }, default));

        (error.Code, error.Reason).ShouldBe((AlreadyExists, Reasons.ObjectExists));
    }

    [Fact]
    public async Task CreateBucket_ExistsAndIsNotListed_BelongsToSomebodyElse()
    {
        var replies = new Queue<HttpResponseMessage>([Reply(409, Document("BucketAlreadyExists", "Taken.")), Reply(200, "<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>")]);
        await using var services = Services(_ => replies.Dequeue());

        var error = await Should.ThrowAsync<CloudException>(() => Storage(services).CreateBucketAsync("media", new CreateBucketOptions(), default));

        (error.Code, error.Reason).ShouldBe((AlreadyExists, Reasons.BucketExists));
    }

    private static Task<CloudException> GetAsync(HttpResponseMessage reply) => SendAsync(reply, bucket => bucket.GetAsync("a", new GetOptions(), default));

    private static Task<CloudException> SendAsync(HttpResponseMessage reply, Func<BucketDriver, Task> send) => SendAsync(_ => reply, send);

    private static async Task<CloudException> SendAsync(Func<HttpRequestMessage, HttpResponseMessage> reply, Func<BucketDriver, Task> send)
    {
        await using var services = Services(reply);
        return await Should.ThrowAsync<CloudException>(() => send(Storage(services).OpenBucket("media")));
    }

    private static ServiceProvider Services(Func<HttpRequestMessage, HttpResponseMessage> reply) => AlibabaTestServices.Create(
        services => services.AddHttpClient("SkyCompat.Alibaba").ConfigurePrimaryHttpMessageHandler(() => new AlibabaTestServices.Handler(reply)));

    private static StorageDriver Storage(ServiceProvider services) => AlibabaTestServices.CreateStorage(services, "AccessKeyId=ID;AccessKeySecret=x7hF29vQ");

    private static HttpResponseMessage Reply(int status, string body)
    {
        var reply = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/xml") };
        reply.Headers.TryAddWithoutValidation("x-oss-request-id", "5C3D9175B6FC201293AD4890");
        return reply;
    }

    private static string Document(string code, string message) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Error>
          <Code>{code}</Code>
          <Message>{message}</Message>
          <RequestId>5C3D9175B6FC201293AD4890</RequestId>
          <HostId>media.oss-cn-hangzhou.aliyuncs.com</HostId>
          <EC>0002-00000040</EC>
          <RecommendDoc>https://api.example.com/troubleshoot?q=0002-00000040</RecommendDoc>
        </Error>
        """;
}
