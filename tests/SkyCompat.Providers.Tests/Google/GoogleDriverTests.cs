using System.Text.Json;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.Google;

/// <summary>What the driver sends and makes of replies, where a server shows neither.</summary>
public sealed class GoogleDriverTests
{
    private const string Root = "https://storage.googleapis.com";
    private static readonly byte[] Large = new byte[(16 << 20) + 1000];

    [Fact]
    public async Task Put_Small_IsOneRequestOfMetadataAndBytes()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => GoogleTestCloud.Reply(200, """{"generation":"17"}"""));
        var options = new PutOptions
        {
            Headers = new ContentHeaders { ContentType = "text/plain", CacheControl = "no-store", ContentEncoding = "gzip", ContentLanguage = "de", ContentDisposition = "inline" },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["plain"] = "a b", ["umlaut"] = "ä", ["empty"] = "" },
            Tier = StorageTier.Cold,
            Condition = WriteCondition.MustNotExist,
        };

        var result = await cloud.Bucket.PutAsync("a/ü", GoogleTestCloud.Body("hello"u8.ToArray()), new Checksum(ChecksumAlgorithm.Crc32C, [0x9a, 0x71, 0xbb, 0x4c]), options, default);

        (result.Tag.ToString(), result.VersionId).ShouldBe(("17", null));
        var sent = cloud.Sent.ShouldHaveSingleItem();
        sent.Url.ShouldBe($"{Root}/upload/storage/v1/b/bucket/o?uploadType=multipart&ifGenerationMatch=0&fields=generation");
        sent.Header("Authorization").ShouldBe("Bearer token");
        var boundary = sent.Header("Content-Type")!.Split("boundary=")[1];
        var parts = sent.Text.Split($"--{boundary}");
        parts[2].ShouldBe("\r\nContent-Type: text/plain\r\n\r\nhello\r\n");
        parts[3].ShouldBe("--\r\n");
        using var metadata = JsonDocument.Parse(parts[1].Split("\r\n\r\n", 2)[1]);
        metadata.RootElement.ToString().ShouldBe(
            """{"name":"a/\u00FC","contentType":"text/plain","cacheControl":"no-store","contentDisposition":"inline","contentEncoding":"gzip","contentLanguage":"de","storageClass":"COLDLINE","crc32c":"mnG7TA==","metadata":{"plain":"a b","umlaut":"=?UTF-8?B?w6Q=?=","empty":"=?UTF-8?B??="}}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("\"abc\"")]
    [InlineData("-5")]
    public async Task Put_TagOfAnotherStore_IsPreconditionFailedBeforeAnyRequest(string tag)
    {
        await using var cloud = GoogleTestCloud.Scripted();
        if (tag.Length == 0)
        {
            return;
        }

        var put = Should.ThrowAsync<CloudException>(() => cloud.Bucket.PutAsync("key", GoogleTestCloud.Body([1]), null, new PutOptions { Condition = WriteCondition.MustMatch(VersionTag.Parse(tag)) }, default));
        var delete = Should.ThrowAsync<CloudException>(() => cloud.Bucket.DeleteAsync("key", new DeleteOptions { IfMatch = VersionTag.Parse(tag) }, default));

        ((await put).Code, (await delete).Code).ShouldBe((CloudErrorCode.PreconditionFailed, CloudErrorCode.PreconditionFailed));
        cloud.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    public async Task Write_KeyThatTheStoreRefuses_IsInvalidBeforeAnyRequest(string key)
    {
        await using var cloud = GoogleTestCloud.Scripted();

        (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.PutAsync(key, GoogleTestCloud.Body([1]), null, new PutOptions(), default))).Reason.ShouldBe(Reasons.InvalidKey);
        (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.CreateUploadAsync(key, new PutOptions(), default))).Reason.ShouldBe(Reasons.InvalidKey);
        cloud.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_IsOneRawRequestWithAllAttributes()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => GoogleTestCloud.Reply(
            206,
            "cde",
            "text/csv",
            ("Content-Range", "bytes 2-4/9"),
            ("Content-Encoding", "gzip"),
            ("Last-Modified", "Wed, 01 Jul 2026 10:00:00 GMT"),
            ("Cache-Control", "private, max-age=0"),
            ("x-goog-generation", "42"),
            ("x-goog-hash", "crc32c=mnG7TA==,md5=XUFAKrxLKna5cZ2REBfFkg=="),
            ("x-goog-storage-class", "NEARLINE"),
            ("x-goog-stored-content-encoding", "gzip"),
            ("x-goog-stored-content-length", "9"),
            ("x-goog-meta-Umlaut", "=?UTF-8?B?w6Q=?=")));

        await using var content = await cloud.Bucket.GetAsync(
            "a/../b c", new GetOptions { Range = ByteRange.Slice(2, 3), VersionId = "42", Condition = new ReadCondition { IfMatch = VersionTag.Parse("42") } }, default);

        var sent = cloud.Sent.ShouldHaveSingleItem();
        sent.Url.ShouldBe($"{Root}/bucket/a%2F..%2Fb%20c?generation=42");
        (sent.Header("Accept-Encoding"), sent.Header("Range"), sent.Header("x-goog-if-generation-match")).ShouldBe(("gzip", "bytes=2-4", "42"));
        (content.Offset, content.Length, content.Info.Size, content.Info.VersionId).ShouldBe((2L, 3L, 9L, "42"));
        content.Info.Headers.ShouldBe(new ContentHeaders { ContentType = "text/csv; charset=utf-8", ContentEncoding = "gzip" });
        content.Info.Metadata.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["umlaut"] = "ä" });
        (content.Info.Tier, content.Info.Checksum!.ToBase64()).ShouldBe((StorageTier.Infrequent, "mnG7TA=="));
        (await content.ReadTextAsync()).ShouldBe("cde");
    }

    [Fact]
    public async Task Get_BodyDecompressedOnTheWay_IsNotTakenForTheObject()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => GoogleTestCloud.Reply(
            200, "much longer text", "text/plain", ("x-goog-generation", "1"), ("x-goog-stored-content-encoding", "gzip"), ("x-goog-stored-content-length", "9")));

        (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.GetAsync("key", new GetOptions(), default))).Code.ShouldBe(CloudErrorCode.Unknown);
    }

    [Fact]
    public async Task Get_SameContentStill_CostsOneRequestWithoutABody()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => GoogleTestCloud.Reply(304));
        var options = new GetOptions { Condition = new ReadCondition { IfNoneMatch = VersionTag.Parse("42") } };

        (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.GetAsync("key", options, default))).Reason.ShouldBe(Reasons.NotModified);
        cloud.Sent.ShouldHaveSingleItem().Url.ShouldBe($"{Root}/storage/v1/b/bucket/o/key?ifGenerationNotMatch=42&fields=generation");
    }

    [Fact]
    public async Task Get_VersionThatIsNoGeneration_IsNotFoundBeforeAnyRequest()
    {
        await using var cloud = GoogleTestCloud.Scripted();

        (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.GetAsync("key", new GetOptions { VersionId = "null" }, default))).Reason.ShouldBe(Reasons.VersionNotFound);
        (await cloud.Bucket.TryGetInfoAsync("key", new GetInfoOptions { VersionId = "x" }, default)).ShouldBeNull();
        cloud.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Resumable_308WithPartialRange_GoesOnFromThere()
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => Session(),
            _ => GoogleTestCloud.Reply(308, "", "text/plain", ("Range", "bytes=0-999999")),
            _ => GoogleTestCloud.Reply(200, """{"generation":"5"}"""));

        var result = await PutLargeAsync(cloud);

        result.Tag.ToString().ShouldBe("5");
        var sent = cloud.Sent.ToArray();
        sent[0].Url.ShouldBe($"{Root}/upload/storage/v1/b/bucket/o?uploadType=resumable&ifGenerationMatch=7&fields=generation");
        (sent[0].Header("X-Upload-Content-Type"), sent[0].Header("X-Upload-Content-Length")).ShouldBe(("application/octet-stream", $"{Large.Length}"));
        sent[1].Header("Content-Range").ShouldBe($"bytes 0-{Large.Length - 1}/{Large.Length}");
        sent[2].Header("Content-Range").ShouldBe($"bytes 1000000-{Large.Length - 1}/{Large.Length}");
        sent[2].Body.Length.ShouldBe(Large.Length - 1_000_000);
    }

    [Fact]
    public async Task Resumable_ConnectionBreaks_GoesOnFromWhatTheStoreKept()
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => Session(),
            _ => throw new HttpRequestException("reset"),
            _ => GoogleTestCloud.Reply(308, "", "text/plain", ("Range", "bytes=0-9")),
            _ => GoogleTestCloud.Reply(200, """{"generation":"5"}"""));

        (await PutLargeAsync(cloud)).Tag.ToString().ShouldBe("5");

        var sent = cloud.Sent.ToArray();
        (sent[2].Header("Content-Range"), sent[2].Body.Length).ShouldBe(($"bytes */{Large.Length}", 0));
        sent[3].Header("Content-Range").ShouldBe($"bytes 10-{Large.Length - 1}/{Large.Length}");
    }

    [Fact]
    public async Task Resumable_OnlyTheReplyIsLost_IsKnownToBeDone()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => Session(), _ => throw new HttpRequestException("reset"), _ => GoogleTestCloud.Reply(200, """{"generation":"5"}"""));

        (await PutLargeAsync(cloud)).Tag.ToString().ShouldBe("5");
    }

    [Fact]
    public async Task Resumable_NothingWasKept_FailsForTheEngineToRetry()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => Session(), _ => throw new HttpRequestException("reset"), _ => GoogleTestCloud.Reply(308));

        var error = await Should.ThrowAsync<CloudException>(() => PutLargeAsync(cloud));

        (error.Code, error.IsTransient, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unavailable, true, true));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Resumable_SessionLost_IsStartedAnewByTheEngine(int status)
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => Session(), _ => GoogleTestCloud.Reply(status, "gone", "text/plain"));

        var error = await Should.ThrowAsync<CloudException>(() => PutLargeAsync(cloud));

        (error.Code, error.IsTransient, error.StatusCode).ShouldBe((CloudErrorCode.Unavailable, true, status));
    }

    [Fact]
    public async Task Resumable_ConditionNoLongerHolds_IsPreconditionFailed()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => Session(), _ => GoogleTestCloud.Error(412, "conditionNotMet"));

        (await Should.ThrowAsync<CloudException>(() => PutLargeAsync(cloud))).Code.ShouldBe(CloudErrorCode.PreconditionFailed);
    }

    [Fact]
    public async Task Resumable_SessionOnAnotherHost_GetsNoToken()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => Session("https://elsewhere.example.com/session"), _ => GoogleTestCloud.Reply(200, """{"generation":"5"}"""));

        await PutLargeAsync(cloud);

        cloud.Sent.Select(request => request.Header("Authorization")).ShouldBe(["Bearer token", null]);
    }

    [Fact]
    public async Task Copy_OfManySteps_GoesOnByTokenAndTellsProgress()
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => GoogleTestCloud.Reply(200, """{"done":false,"rewriteToken":"t/1","totalBytesRewritten":"100"}"""),
            _ => GoogleTestCloud.Reply(200, """{"done":false,"rewriteToken":"t/2","totalBytesRewritten":"200"}"""),
            _ => GoogleTestCloud.Reply(200, """{"done":true,"resource":{"generation":"9","crc32c":"mnG7TA=="}}"""));
        var progress = new Recorded();
        var source = new CopySource(cloud.Storage.OpenBucket("from"), "a b", null, VersionTag.Parse("3"));

        var result = await cloud.Bucket.CopyAsync(source, "c/d", new CopyOptions { Condition = WriteCondition.MustNotExist, Progress = progress, Attributes = new ObjectAttributes() }, default);

        (result.Tag.ToString(), result.Checksum!.ToBase64()).ShouldBe(("9", "mnG7TA=="));
        progress.Values.ShouldBe([100L, 200L]);
        var sent = cloud.Sent.ToArray();
        sent[0].Url.ShouldStartWith($"{Root}/storage/v1/b/from/o/a%20b/rewriteTo/b/bucket/o/c%2Fd?sourceGeneration=3&ifGenerationMatch=0&maxBytesRewrittenPerCall=");
        sent[1].Url.ShouldContain("&rewriteToken=t%2F1&");
        sent[2].Url.ShouldContain("&rewriteToken=t%2F2&");
        sent.Select(request => request.Text).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldBe("""{"contentType":"application/octet-stream"}""");
    }

    [Fact]
    public async Task Copy_SourceChangedMidway_IsPreconditionFailed()
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => GoogleTestCloud.Reply(200, """{"done":false,"rewriteToken":"t","totalBytesRewritten":"1"}"""), _ => GoogleTestCloud.Error(404, "notFound", "No such object: bucket/source"));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Bucket.CopyAsync(new CopySource(cloud.Bucket, "source", null, VersionTag.Parse("3")), "key", new CopyOptions(), default));

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.PreconditionFailed, Reasons.ObjectChanged));
    }

    [Fact]
    public async Task Complete_Conditional_IsStagedLookedAtRewrittenAndCleared()
    {
        await using var cloud = GoogleTestCloud.Create(request => request.Method switch
        {
            "POST" when request.Url.EndsWith("?uploads", StringComparison.Ordinal) => GoogleTestCloud.Reply(200, "<R><UploadId>id+/=</UploadId></R>", "application/xml"),
            "POST" when request.Url.Contains("uploadId=", StringComparison.Ordinal) => GoogleTestCloud.Reply(200, "<R><ETag>x</ETag></R>", "application/xml"),
            "GET" => GoogleTestCloud.Reply(200, """{"name":"n","generation":"31","size":"3","storageClass":"NEARLINE","contentType":"text/plain","crc32c":"mnG7TA==","metadata":{"k":"v"}}"""),
            "POST" => GoogleTestCloud.Reply(200, """{"done":true,"resource":{"generation":"32"}}"""),
            _ => GoogleTestCloud.Reply(204),
        });
        var options = new PutOptions { Condition = WriteCondition.MustMatch(VersionTag.Parse("7")), Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "v" } };

        var upload = await cloud.Bucket.CreateUploadAsync("a/b", options, default);
        var result = await cloud.Bucket.CompleteUploadAsync(
            upload, [new UploadedPart(1, VersionTag.Parse("e1"), 3)], new Checksum(ChecksumAlgorithm.Crc32C, [0x9a, 0x71, 0xbb, 0x4c]), options, default);

        result.Tag.ToString().ShouldBe("32");
        upload.UploadId.ShouldMatch("^staged\\.[0-9a-f]{32}\\.id\\+/=$");
        var staged = $"a%2Fb.{upload.UploadId.Substring(7, 32)}.skycompat-staged";
        var sent = cloud.Sent.ToArray();
        sent.Select(request => request.Method).ShouldBe(["POST", "POST", "GET", "POST", "DELETE"]);
        sent[0].Url.ShouldBe($"{Root}/bucket/{staged}?uploads");
        sent[0].Header("x-goog-meta-k").ShouldBe("v");
        sent[1].Url.ShouldBe($"{Root}/bucket/{staged}?uploadId=id%2B%2F%3D");
        sent[1].Text.ShouldBe("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"e1\"</ETag></Part></CompleteMultipartUpload>");
        sent[3].Url.ShouldStartWith($"{Root}/storage/v1/b/bucket/o/{staged}/rewriteTo/b/bucket/o/a%2Fb?sourceGeneration=31&ifGenerationMatch=7&");
        sent[3].Text.ShouldBe("""{"contentType":"text/plain","storageClass":"NEARLINE","metadata":{"k":"v"}}""");
        sent[4].Url.ShouldBe($"{Root}/storage/v1/b/bucket/o/{staged}?generation=31");
    }

    [Fact]
    public async Task Complete_ConditionalAfterALostReply_FindsTheJoinedParts()
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => GoogleTestCloud.XmlError(404, "NoSuchUpload"),
            _ => GoogleTestCloud.Reply(200, """{"name":"n","generation":"31","size":"3"}"""),
            _ => GoogleTestCloud.Reply(200, """{"done":true,"resource":{"generation":"32"}}"""),
            _ => GoogleTestCloud.Reply(503));

        (await CompleteStagedAsync(cloud)).Tag.ToString().ShouldBe("32");
    }

    [Fact]
    public async Task Complete_ConditionalThatIsGone_IsUploadNotFound()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => GoogleTestCloud.XmlError(404, "NoSuchUpload"), _ => GoogleTestCloud.Error(404, "notFound", "No such object: bucket/x"));

        (await Should.ThrowAsync<CloudException>(() => CompleteStagedAsync(cloud))).Reason.ShouldBe(Reasons.UploadNotFound);
    }

    [Fact]
    public async Task Complete_ConditionalWithOtherBytes_IsCorruptAndNeverVisible()
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => GoogleTestCloud.Reply(200, "<R/>", "application/xml"), _ => GoogleTestCloud.Reply(200, """{"name":"n","generation":"31","size":"3","crc32c":"AAAAAA=="}"""));

        (await Should.ThrowAsync<CloudException>(() => CompleteStagedAsync(cloud))).Reason.ShouldBe(Reasons.ChecksumMismatch);
        cloud.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Complete_ConditionThatTheStartDidNotHave_IsRefusedAndNeverDropped()
    {
        await using var cloud = GoogleTestCloud.Scripted();

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Bucket.CompleteUploadAsync(
            new MultipartUpload("key", "id"), [new UploadedPart(1, VersionTag.Parse("e"), 3)], null, new PutOptions { Condition = WriteCondition.MustNotExist }, default));

        error.Code.ShouldBe(CloudErrorCode.InvalidArgument);
        cloud.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Abort_AfterTheConditionFailed_RemovesTheJoinedParts()
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => GoogleTestCloud.XmlError(404, "NoSuchUpload"), _ => GoogleTestCloud.Reply(200, """{"generation":"31"}"""), _ => GoogleTestCloud.Reply(204));

        await cloud.Bucket.AbortUploadAsync(StagedUpload, default);

        cloud.Sent.Last().Url.ShouldEndWith(".skycompat-staged?generation=31");
    }

    [Theory]
    [InlineData("x-goog-generation", "12", "12")]
    [InlineData("x-none", "", "13")]
    public async Task Complete_Unconditional_KnowsItsTag(string header, string value, string tag)
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => GoogleTestCloud.Reply(200, "<R/>", "application/xml", (header, value), ("x-goog-hash", "crc32c=mnG7TA==")), _ => GoogleTestCloud.Reply(200, """{"generation":"13","crc32c":"mnG7TA=="}"""));

        (await CompleteAsync(cloud)).Tag.ToString().ShouldBe(tag);
    }

    [Fact]
    public async Task Complete_OverwrittenAtOnce_TakesNoTagOfAnother()
    {
        await using var cloud = GoogleTestCloud.Scripted(
            _ => GoogleTestCloud.Reply(200, "<R/>", "application/xml"), _ => GoogleTestCloud.Reply(200, """{"generation":"14","crc32c":"AAAAAA=="}"""));

        (await CompleteAsync(cloud)).Tag.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_OtherBytes_IsCorrupt()
    {
        await using var cloud = GoogleTestCloud.Scripted(_ => GoogleTestCloud.Reply(200, "<R/>", "application/xml", ("x-goog-hash", "md5=x, crc32c=AAAAAA==")));

        (await Should.ThrowAsync<CloudException>(() => CompleteAsync(cloud))).Reason.ShouldBe(Reasons.ChecksumMismatch);
    }

    [Fact]
    public async Task ListUploads_StagedOnes_AreToldByTheirKeys()
    {
        var mark = new string('a', 32);
        await using var cloud = GoogleTestCloud.Scripted(_ => GoogleTestCloud.Reply(
            200,
            $"<R><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextKeyMarker>c%20d</NextKeyMarker><NextUploadIdMarker>9</NextUploadIdMarker>" +
            $"<Upload><Key>p/b.{mark}.skycompat-staged</Key><UploadId>2</UploadId></Upload><Upload><Key>p/a%2B</Key><UploadId>1</UploadId><Initiated>2026-01-01T00:00:00Z</Initiated></Upload>" +
            $"<Upload><Key>p.{mark}.skycompat-staged</Key><UploadId>3</UploadId></Upload></R>",
            "application/xml"));

        var page = await cloud.Bucket.ListUploadsPageAsync("p/", null, default);

        page.Uploads.Select(upload => (upload.Key, upload.UploadId)).ShouldBe([("p/a+", "1"), ("p/b", $"staged.{mark}.2")]);
        cloud.Sent.Single().Url.ShouldBe($"{Root}/bucket?uploads&encoding-type=url&prefix=p%2F");
        await Should.ThrowAsync<Exception>(() => cloud.Bucket.ListUploadsPageAsync("p/", page.ContinuationToken, default));
        cloud.Sent.Last().Url.ShouldEndWith("&key-marker=c%20d&upload-id-marker=9");
    }

    [Fact]
    public async Task List_Page_StartsAfterAndHidesStagedObjects()
    {
        var staged = $"b.{new string('0', 32)}.skycompat-staged";
        await using var cloud = GoogleTestCloud.Scripted(_ => GoogleTestCloud.Reply(
            200,
            $$"""{"nextPageToken":"n/1","prefixes":["a/","c/"],"items":[{"name":"b","size":"5","generation":"1","updated":"2026-07-01T10:00:00.5Z","storageClass":"ARCHIVE"},{"name":"{{staged}}","generation":"2"},{"name":"b2","generation":"3"}]}"""));

        var page = await cloud.Bucket.ListPageAsync(new ListOptions { StartAfter = "b", Delimiter = "/", PageSize = 10 }, default);

        page.Entries.Select(entry => entry.Key).ShouldBe(["b2", "c/"]);
        page.ContinuationToken.ShouldBe("g1:n/1");
        cloud.Sent.Single().Url.ShouldBe($"{Root}/storage/v1/b/bucket/o?fields=nextPageToken,prefixes,items(name,size,generation,updated,storageClass)&delimiter=%2F&startOffset=b&maxResults=10");
        (await Should.ThrowAsync<CloudException>(() => cloud.Bucket.ListPageAsync(new ListOptions { ContinuationToken = "other" }, default))).Reason.ShouldBe(Reasons.InvalidToken);
    }

    [Theory]
    [InlineData("""{"items":[{"name":"mine-2"},{"name":"mine"}]}""", true)]
    [InlineData("""{"items":[{"name":"mine-2"}]}""", false)]
    public async Task CreateBucket_NameIsTaken_IsSuccessOnlyForOnesOwn(string list, bool isOwn)
    {
        var next = 0;
        await using var cloud = GoogleTestCloud.Create(
            _ => next++ == 0 ? GoogleTestCloud.Error(409, "conflict", "The requested bucket name is not available.") : GoogleTestCloud.Reply(200, list), options => options.ProjectId = "p-1");
        var creating = cloud.Storage.CreateBucketAsync("mine", new CreateBucketOptions { Region = "europe-west3" }, default);

        if (isOwn)
        {
            await creating;
        }
        else
        {
            (await Should.ThrowAsync<CloudException>(() => creating)).Reason.ShouldBe(Reasons.BucketExists);
        }

        var sent = cloud.Sent.ToArray();
        (sent[0].Url, sent[0].Text).ShouldBe(($"{Root}/storage/v1/b?project=p-1&fields=name", """{"name":"mine","location":"europe-west3"}"""));
        sent[1].Url.ShouldEndWith("&project=p-1&prefix=mine");
    }

    [Fact]
    public async Task CreateBucket_NoProject_SaysWhatToSet()
    {
        await using var cloud = GoogleTestCloud.Scripted();

        (await Should.ThrowAsync<CloudException>(() => cloud.Storage.CreateBucketAsync("mine", new CreateBucketOptions(), default))).Message.ShouldContain("set ProjectId");
    }

    [Theory]
    [InlineData(403, true)]
    [InlineData(404, false)]
    public async Task Capabilities_BucketThatCannotBeLookedAt_AreToldAllTheSame(int status, bool tellsVersions)
    {
        await using var cloud = GoogleTestCloud.Create(request => request.Method == "GET" ? GoogleTestCloud.Error(status, status == 403 ? "forbidden" : "notFound") : GoogleTestCloud.Reply(200, """{"generation":"1"}"""));

        (await cloud.Bucket.GetCapabilitiesAsync(default)).Supports(BucketFeatures.ConditionalPut).ShouldBeTrue();
        (await cloud.Bucket.PutAsync("key", GoogleTestCloud.Body([1]), null, new PutOptions(), default)).VersionId.ShouldBe(tellsVersions ? "1" : null);
    }

    private static MultipartUpload StagedUpload => new("key", $"staged.{new string('a', 32)}.id");

    private static HttpResponseMessage Session(string location = Root + "/upload/storage/v1/b/bucket/o?uploadType=resumable&upload_id=u") =>
        GoogleTestCloud.Reply(200, "", "text/plain", ("Location", location));

    private static Task<PutResult> PutLargeAsync(GoogleTestCloud cloud) =>
        cloud.Bucket.PutAsync("key", GoogleTestCloud.Body(Large), null, new PutOptions { Condition = WriteCondition.MustMatch(VersionTag.Parse("7")) }, default);

    private static Task<PutResult> CompleteStagedAsync(GoogleTestCloud cloud) => cloud.Bucket.CompleteUploadAsync(
        StagedUpload, [new UploadedPart(1, VersionTag.Parse("e"), 3)], new Checksum(ChecksumAlgorithm.Crc32C, [0x9a, 0x71, 0xbb, 0x4c]), new PutOptions { Condition = WriteCondition.MustNotExist }, default);

    private static Task<PutResult> CompleteAsync(GoogleTestCloud cloud) => cloud.Bucket.CompleteUploadAsync(
        new MultipartUpload("key", "id"), [new UploadedPart(1, VersionTag.Parse("e"), 3)], new Checksum(ChecksumAlgorithm.Crc32C, [0x9a, 0x71, 0xbb, 0x4c]), new PutOptions(), default);

    private sealed class Recorded : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
