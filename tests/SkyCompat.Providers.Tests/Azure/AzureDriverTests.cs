using System.Net;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Identity;
using SkyCompat.Azure;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;
using static SkyCompat.Providers.Tests.Azure.AzureTestCloud;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.Azure;

/// <summary>What Azurite cannot show, against scripted replies that have the form of the service's documents.</summary>
public sealed class AzureDriverTests
{
    private static readonly (string, string)[] FlatAccount = [("x-ms-sku-name", "Standard_LRS"), ("x-ms-account-kind", "StorageV2"), ("x-ms-is-hns-enabled", "false")];

    [Fact]
    public async Task Capabilities_OfAnOrdinaryAccount_AreAskedOnceForAllContainers()
    {
        var asked = new List<string>();
        await using var cloud = Create(request =>
        {
            asked.Add(request.RequestUri!.PathAndQuery);
            return Reply(200, "", FlatAccount);
        });

        var first = await cloud.Storage.OpenBucket("media").GetCapabilitiesAsync(default);
        var second = await cloud.Storage.OpenBucket("other").GetCapabilitiesAsync(default);

        asked.ShouldBe(["/media?comp=properties&restype=account"]);
        second.ShouldBeSameAs(first);
        first.Supports(BucketFeatures.Tags | BucketFeatures.Tiers | BucketFeatures.SignGet | BucketFeatures.ConditionalPut).ShouldBeTrue();
        first.Supports(BucketFeatures.Versions).ShouldBeFalse();
    }

    [Fact]
    public async Task Capabilities_OfAHierarchicalNamespace_LackTagsAndVersions()
    {
        await using var cloud = Create(_ => Reply(200, "", ("x-ms-sku-name", "Standard_LRS"), ("x-ms-account-kind", "StorageV2"), ("x-ms-is-hns-enabled", "true")), configure: o => o.VersioningEnabled = true);

        var capabilities = await cloud.Storage.OpenBucket("media").GetCapabilitiesAsync(default);

        (capabilities.Features & (BucketFeatures.Tags | BucketFeatures.Versions | BucketFeatures.OrderedList)).ShouldBe(BucketFeatures.None);
        capabilities.Supports(BucketFeatures.Tiers).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Premium_LRS", "BlockBlobStorage")]
    [InlineData("Standard_LRS", "Storage")]
    public async Task Capabilities_OfAnAccountWithoutTiers_LackThem(string sku, string kind)
    {
        await using var cloud = Create(_ => Reply(200, "", ("x-ms-sku-name", sku), ("x-ms-account-kind", kind)));

        (await cloud.Storage.OpenBucket("media").GetCapabilitiesAsync(default)).Supports(BucketFeatures.Tiers).ShouldBeFalse();
    }

    [Fact]
    public async Task Capabilities_SasThatMayNotAsk_AreThoseOfAnOrdinaryAccountThatCannotSign()
    {
        await using var cloud = Create(_ => Refusal(403, "AuthorizationPermissionMismatch"), configure: o => (o.AccountKey, o.SasToken) = (null, "?sv=1&sig=x"));

        var capabilities = await cloud.Storage.OpenBucket("media").GetCapabilitiesAsync(default);

        capabilities.Supports(BucketFeatures.Tags | BucketFeatures.Tiers).ShouldBeTrue();
        (capabilities.Features & (BucketFeatures.SignGet | BucketFeatures.SignPut | BucketFeatures.SignDelete)).ShouldBe(BucketFeatures.None);
    }

    [Fact]
    public async Task Capabilities_ServiceIsDown_IsAskedAgain()
    {
        var calls = 0;
        await using var cloud = Create(_ => ++calls == 1 ? Refusal(503, "ServerBusy") : Reply(200, "", ("x-ms-is-hns-enabled", "true")));
        var bucket = cloud.Storage.OpenBucket("media");

        (await Should.ThrowAsync<CloudException>(() => bucket.GetCapabilitiesAsync(default).AsTask())).Code.ShouldBe(CloudErrorCode.Throttled);
        (await bucket.GetCapabilitiesAsync(default)).Supports(BucketFeatures.Tags).ShouldBeFalse();
    }

    [Theory]
    [InlineData(AzureUploadChecksum.Md5, "content-md5")]
    [InlineData(AzureUploadChecksum.Crc64, "x-ms-content-crc64")]
    public async Task Put_ChecksumOfTheBody_IsTheOneThatIsConfigured(AzureUploadChecksum checksum, string header)
    {
        var sent = new List<string>();
        await using var cloud = AzureTestCloud.Create(Answer, configure: options => options.UploadChecksum = checksum);
        HttpResponseMessage Answer(HttpRequestMessage request)
        {
            if (request.Method == HttpMethod.Put)
            {
                sent.Add(string.Join(' ', request.Headers.Concat(request.Content!.Headers).Select(one => one.Key.ToLowerInvariant()).Where(name => name is "content-md5" or "x-ms-content-crc64")));
            }

            return Reply(request.Method == HttpMethod.Put ? 201 : 200, "", [.. FlatAccount, ("ETag", "\"0x1\"")]);
        }

        var bucket = cloud.Storage.OpenBucket("media");

        await bucket.PutAsync("k", Body(1, 2, 3), ChecksumHasher.Compute(ChecksumAlgorithm.Crc64Nvme, [1, 2, 3]), new PutOptions(), default);
        var upload = await bucket.CreateUploadAsync("k", new PutOptions(), default);
        await bucket.PutPartAsync(upload, 1, Body(1, 2, 3), ChecksumHasher.Compute(ChecksumAlgorithm.Crc64Nvme, [1, 2, 3]), default);

        sent.ShouldBe([header, "", header]);
    }

    [Fact]
    public async Task Versions_AreListedByKeyThenNewestFirst()
    {
        await using var cloud = Create(
            request => request.RequestUri!.Query.Contains("include=versions", StringComparison.Ordinal)
                ? Reply(200, """
                    <?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://acmemedia.blob.core.windows.net/" ContainerName="media"><Blobs>
                    <Blob><Name>a</Name><VersionId>2026-05-01T10:00:00.0000000Z</VersionId><Properties><Last-Modified>Fri, 01 May 2026 10:00:00 GMT</Last-Modified><Etag>0x1</Etag><Content-Length>1</Content-Length></Properties></Blob>
                    <Blob><Name>a</Name><VersionId>2026-05-01T11:00:00.0000000Z</VersionId><IsCurrentVersion>true</IsCurrentVersion><Properties><Last-Modified>Fri, 01 May 2026 11:00:00 GMT</Last-Modified><Etag>0x2</Etag><Content-Length>2</Content-Length></Properties></Blob>
                    <Blob><Name>b</Name><VersionId>2026-05-01T09:00:00.0000000Z</VersionId><Properties><Last-Modified>Fri, 01 May 2026 09:00:00 GMT</Last-Modified><Etag>0x3</Etag><Content-Length>3</Content-Length></Properties></Blob>
                    </Blobs><NextMarker>2!next</NextMarker></EnumerationResults>
                    """)
                : Reply(200, "", FlatAccount),
            configure: o => o.VersioningEnabled = true);
        var bucket = cloud.Storage.OpenBucket("media");

        (await bucket.GetCapabilitiesAsync(default)).Supports(BucketFeatures.Versions).ShouldBeTrue();
        (await bucket.GetVersioningAsync(default)).ShouldBe(VersioningState.Enabled);
        var page = await bucket.ListVersionsPageAsync(new ListVersionsOptions(), default);

        page.Entries.Select(e => (e.Key, e.Size, e.IsLatest, e.IsDeleteMarker)).ShouldBe([("a", 2L, true, false), ("a", 1L, false, false), ("b", 3L, false, false)]);
        page.Entries[0].Tag.ShouldBe(VersionTag.Parse("0x2"));
        page.ContinuationToken.ShouldBe("az1:2!next");
    }

    [Fact]
    public async Task Versions_AreReadDeletedSignedAndCopiedByTheirId()
    {
        const string Version = "2026-05-01T10:00:00.0000000Z";
        var sent = new List<string>();
        await using var cloud = Create(
            request =>
            {
                sent.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
                return request.Method == HttpMethod.Get ? Reply(200, "x", ("ETag", "\"0x1\""), ("x-ms-version-id", Version), ("Last-Modified", "Fri, 01 May 2026 10:00:00 GMT"))
                    : request.Method == HttpMethod.Put ? Reply(202, "", ("ETag", "\"0x2\""), ("x-ms-version-id", "new"))
                    : Reply(202);
            },
            configure: o => o.VersioningEnabled = true);
        var bucket = cloud.Storage.OpenBucket("media");

        await using (var content = await bucket.GetAsync("k", new GetOptions { VersionId = Version }, default))
        {
            content.Info.VersionId.ShouldBe(Version);
        }

        (await bucket.DeleteAsync("k", new DeleteOptions { VersionId = Version }, default)).Outcome.ShouldBe(DeleteOutcome.Deleted);
        var signed = await bucket.SignAsync("k", new SignOptions { VersionId = Version }, default);
        var copied = await bucket.CopyAsync(new CopySource(bucket, "k", Version, default), "copy", new CopyOptions(), default);

        const string Encoded = "versionid=2026-05-01T10%3A00%3A00.0000000Z";
        sent[0].ShouldBe($"GET /media/k?{Encoded}");
        sent[1].ShouldBe($"DELETE /media/k?{Encoded}");
        signed.Url.Query.ShouldContain(Encoded);
        signed.Url.Query.ShouldContain("&sr=bv&");
        copied.VersionId.ShouldBe("new");
    }

    [Fact]
    public async Task Versions_UnknownOne_IsNotFound()
    {
        await using var cloud = Create(_ => Refusal(400, "InvalidQueryParameterValue"));
        var bucket = cloud.Storage.OpenBucket("media");

        (await bucket.TryGetInfoAsync("k", new GetInfoOptions { VersionId = "x" }, default)).ShouldBeNull();
        (await Should.ThrowAsync<CloudException>(() => bucket.GetAsync("k", new GetOptions { VersionId = "x" }, default))).Reason.ShouldBe(Reasons.VersionNotFound);
    }

    [Fact]
    public async Task Versioning_CannotBeSwitchedOffHere()
    {
        await using var cloud = Create(_ => Reply(200));
        var bucket = cloud.Storage.OpenBucket("media");

        await bucket.SetVersioningAsync(VersioningState.Enabled, default);
        (await Should.ThrowAsync<CloudException>(() => bucket.SetVersioningAsync(VersioningState.Suspended, default))).Code.ShouldBe(CloudErrorCode.Unsupported);
    }

    [Fact]
    public async Task List_NamesThatXmlCannotCarryAndDirectories_AreReadAndLeftOut()
    {
        await using var cloud = Create(_ => Reply(200, """
            <?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs>
            <Blob><Name Encoded="true">a%EF%BF%BFb</Name><Properties><Etag>0x1</Etag><Content-Length>1</Content-Length><AccessTier>Cold</AccessTier></Properties></Blob>
            <Blob><Name>dir</Name><Properties><Etag>0x2</Etag><Content-Length>0</Content-Length><ResourceType>directory</ResourceType></Properties></Blob>
            <BlobPrefix><Name>p/</Name></BlobPrefix>
            </Blobs><NextMarker /></EnumerationResults>
            """));

        var page = await cloud.Storage.OpenBucket("media").ListPageAsync(new ListOptions { Delimiter = "/" }, default);

        page.Entries.Select(e => (e.Kind, e.Key, e.Tier)).ShouldBe([(ListEntryKind.Object, "a\uffffb", StorageTier.Cold), (ListEntryKind.Prefix, "p/", StorageTier.Standard)]);
        page.ContinuationToken.ShouldBeNull();
    }

    [Fact]
    public async Task List_StartAfter_IsExclusiveAlsoWhereTheServiceDoesNotKnowIt()
    {
        string? query = null;
        await using var cloud = Create(request =>
        {
            query = request.RequestUri!.Query;
            return Reply(200, "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob><Blob><Name>b</Name></Blob><Blob><Name>c</Name></Blob></Blobs></EnumerationResults>");
        });

        var page = await cloud.Storage.OpenBucket("media").ListPageAsync(new ListOptions { StartAfter = "b" }, default);

        page.Entries.Select(e => e.Key).ShouldBe(["c"]);
        query.ShouldBe("?comp=list&restype=container&startFrom=b");
    }

    [Fact]
    public async Task List_SamePageAgain_IsAnErrorAndNotEndless()
    {
        await using var cloud = Create(_ => Reply(200, "<EnumerationResults><Blobs /><NextMarker>m</NextMarker></EnumerationResults>"));

        (await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").ListPageAsync(new ListOptions { ContinuationToken = "az1:m" }, default))).Code.ShouldBe(CloudErrorCode.Unknown);
    }

    [Theory]
    [InlineData("<EnumerationResults><Blobs><Blob><Name>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><EnumerationResults>&e;</EnumerationResults>")]
    [InlineData("not XML")]
    public async Task List_BrokenDocument_IsExplained(string document)
    {
        await using var cloud = Create(_ => Reply(200, document));

        (await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").ListPageAsync(new ListOptions(), default))).Code.ShouldBe(CloudErrorCode.Unknown);
    }

    [Fact]
    public async Task DeleteBatch_RepliesOfTheKeys_AreFoundByTheirIds()
    {
        string? sent = null;
        await using var cloud = Create(request =>
        {
            using var reader = new StreamReader(request.Content!.ReadAsStream());
            sent = reader.ReadToEnd();
            return Reply(202, """
                --batchresponse_1
                Content-Type: application/http
                Content-ID: 2

                HTTP/1.1 404 The specified blob does not exist.
                x-ms-error-code: BlobNotFound
                x-ms-request-id: R2

                <?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code></Error>
                --batchresponse_1
                Content-Type: application/http
                Content-ID: 0

                HTTP/1.1 202 Accepted
                x-ms-request-id: R0

                --batchresponse_1
                Content-Type: application/http
                Content-ID: 1

                HTTP/1.1 412 There is currently a lease on the blob and no lease ID was specified in the request.
                x-ms-error-code: LeaseIdMissing
                x-ms-request-id: R1

                --batchresponse_1--
                """);
        });

        var results = await cloud.Storage.OpenBucket("media").DeleteBatchAsync(["a b", "leased", "missing", "bad/"], default);

        results.Select(r => r.Outcome).ShouldBe([DeleteOutcome.Deleted, DeleteOutcome.Failed, DeleteOutcome.Missing, DeleteOutcome.Missing]);
        (results[1].Error!.Code, results[1].Error!.Reason, results[1].Error!.RequestId).ShouldBe((CloudErrorCode.Conflict, Reasons.ObjectRetained, "R1"));
        sent.ShouldNotBeNull().ShouldContain("DELETE /media/a%20b HTTP/1.1\r\n");
        sent.ShouldNotContain("/media/bad");
    }

    [Fact]
    public async Task DeleteBatch_RefusedAsAWhole_FailsEveryKey()
    {
        await using var cloud = Create(_ => Reply(202, "--batchresponse_1\nContent-Type: application/http\n\nHTTP/1.1 403 no\nx-ms-error-code: AuthorizationFailure\n\n--batchresponse_1--"));

        var results = await cloud.Storage.OpenBucket("media").DeleteBatchAsync(["a", "b"], default);

        results.ShouldAllBe(r => r.Error!.Code == CloudErrorCode.PermissionDenied);
    }

    [Fact]
    public async Task DeleteBatch_ReplySaysNothing_IsNotTakenForSuccess()
    {
        await using var cloud = Create(_ => Reply(202));

        (await cloud.Storage.OpenBucket("media").DeleteBatchAsync(["a"], default)).ShouldHaveSingleItem().Outcome.ShouldBe(DeleteOutcome.Failed);
    }

    [Fact]
    public async Task Tokens_AreKeptUntilTheyAreToBeRenewed()
    {
        var tokens = new TestTokens(call => new AccessToken($"t{call}", TimeProvider.System.GetUtcNow() + (call == 1 ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1))));
        var sent = new List<string>();
        await using var cloud = Create(
            request =>
            {
                sent.Add(request.Headers.Authorization!.ToString());
                return Refusal(404, "BlobNotFound");
            },
            identity: tokens);
        var bucket = cloud.Storage.OpenBucket("media");
        for (var i = 0; i < 3; i++)
        {
            await bucket.TryGetInfoAsync("k", new GetInfoOptions(), default);
        }

        sent.ShouldBe(["Bearer t1", "Bearer t2", "Bearer t2"]);
    }

    [Fact]
    public async Task Tokens_SignInIsDownWhileOneIsStillGood_GoOn()
    {
        var tokens = new TestTokens(call => call == 1 ? new AccessToken("t1", TimeProvider.System.GetUtcNow().AddMinutes(2)) : throw new AuthenticationFailedException("down"));
        await using var cloud = Create(_ => Refusal(404, "BlobNotFound"), identity: tokens);
        var bucket = cloud.Storage.OpenBucket("media");

        await bucket.TryGetInfoAsync("k", new GetInfoOptions(), default);
        await bucket.TryGetInfoAsync("k", new GetInfoOptions(), default);

        tokens.Calls.ShouldBe(2);
    }

    public static TheoryData<Exception, CloudErrorCode, bool> SignInFailures { get; } = new()
    {
        { new AuthenticationFailedException("no", new HttpRequestException("connection refused")), CloudErrorCode.Unavailable, true },
        { new AuthenticationFailedException("no", new RequestFailedException(503, "busy")), CloudErrorCode.Unavailable, true },
        { new AuthenticationFailedException("no", new RequestFailedException(0, "no route")), CloudErrorCode.Unavailable, true },
        { new AuthenticationFailedException("no", new TaskCanceledException("timeout")), CloudErrorCode.Unavailable, true },
        { new AuthenticationFailedException("AADSTS7000215: Invalid client secret", new RequestFailedException(401, "no")), CloudErrorCode.Unauthenticated, false },
        { new CredentialUnavailableException("nothing is set up"), CloudErrorCode.Unauthenticated, false },
    };

    [Theory]
    [MemberData(nameof(SignInFailures), DisableDiscoveryEnumeration = true)]
    public async Task Tokens_SignInFails_IsToldApart(Exception failure, CloudErrorCode expected, bool transient)
    {
        await using var cloud = Create(_ => Reply(200), identity: new TestTokens(_ => throw failure));

        var error = await Should.ThrowAsync<CloudException>(() => cloud.Storage.OpenBucket("media").PutAsync("k", Body(1), null, new PutOptions(), default));

        (error.Code, error.IsTransient, error.Scope, error.MayHaveTakenEffect).ShouldBe((expected, transient, ErrorScope.Cloud, false));
        error.InnerException.ShouldBeSameAs(failure);
    }

    [Fact]
    public async Task Copy_WithTokens_PassesTheTokenOnAndNoSignature()
    {
        HttpRequestMessage? sent = null;
        await using var cloud = Create(
            request =>
            {
                sent = request;
                return Reply(request.Method == HttpMethod.Get ? 200 : 202, "", [.. FlatAccount, ("ETag", "\"0x2\"")]);
            },
            identity: new TestTokens(_ => new AccessToken("t", TimeProvider.System.GetUtcNow().AddHours(1))));
        var bucket = cloud.Storage.OpenBucket("media");

        await bucket.CopyAsync(new CopySource(bucket, "a b", null, VersionTag.Parse("0x1")), "copy", new CopyOptions(), default);

        sent!.Headers.GetValues("x-ms-copy-source").Single().ShouldBe("https://acmemedia.blob.core.windows.net/media/a%20b");
        sent.Headers.GetValues("x-ms-copy-source-authorization").Single().ShouldBe("Bearer t");
        sent.Headers.GetValues("x-ms-source-if-match").Single().ShouldBe("\"0x1\"");
    }

    [Fact]
    public async Task Get_MetadataAndChecksumOfOtherTools_AreRead()
    {
        await using var cloud = Create(_ => Reply(
            200, "x", ("ETag", "\"0x1\""), ("Content-MD5", "nd7QnYPRg5kM5SYRgShGFg=="), ("x-ms-meta-Some_Key", "v"), ("x-ms-access-tier", "Cool"), ("Last-Modified", "Fri, 01 May 2026 10:00:00 GMT")));

        await using var content = await cloud.Storage.OpenBucket("media").GetAsync("k", new GetOptions(), default);

        content.Info.Metadata.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("some-key", "v"));
        content.Info.Checksum.ShouldNotBeNull().Algorithm.ShouldBe(ChecksumAlgorithm.Md5);
        content.Info.Tier.ShouldBe(StorageTier.Infrequent);
    }

    [Fact]
    public async Task Put_ChecksumOfTheBytes_IsSentLeastSignificantByteFirst()
    {
        HttpRequestMessage? sent = null;
        await using var cloud = Create(request =>
        {
            sent = request;
            return Reply(201, "", ("ETag", "\"0x1\""));
        });

        // CRC-64/NVME of "123456789" is AE8B14860A799888.
        var checksum = new Checksum(ChecksumAlgorithm.Crc64Nvme, Convert.FromHexString("AE8B14860A799888"));
        await cloud.Storage.OpenBucket("media").PutAsync("k", Body(Encoding.ASCII.GetBytes("123456789")), checksum, new PutOptions(), default);

        sent!.Headers.GetValues("x-ms-content-crc64").Single().ShouldBe(Convert.ToBase64String(Convert.FromHexString("8898790A86148BAE")));
        sent.Headers.GetValues("x-ms-meta-skycompat_crc64nvme").Single().ShouldBe(checksum.ToBase64());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a@b", "a_x0040_b")]
    [InlineData("_x0040_", "_x005F_x0040_")]
    [InlineData("_x004", "_x004")]
    [InlineData("\u00e4", "_x00E4_")]
    public void TagText_RoundTrips(string text, string encoded)
    {
        TagText.Encode(text, 128).ShouldBe(encoded);
        TagText.Decode(encoded).ShouldBe(text);
    }

    [Fact]
    public void TagText_TooLongInItsForm_IsRefused() =>
        Should.Throw<CloudException>(() => TagText.Encode(new string('@', 40), TagText.MaxKeyLength)).Reason.ShouldBe(Reasons.InvalidTags);

    [Fact]
    public void BlockId_HasOneLengthAndTellsItsPart()
    {
        var upload = BlockId.NewUpload();

        foreach (var number in new[] { 0, 1, 50_000 })
        {
            BlockId.TryCreate(upload, number, out var id).ShouldBeTrue();
            Convert.FromBase64String(id!).Length.ShouldBe(16);
            BlockId.TryParse(id!, out var parsed, out var parsedNumber).ShouldBeTrue();
            (parsed, parsedNumber).ShouldBe((upload, number));
        }

        BlockId.TryCreate("nothing of ours", 1, out _).ShouldBeFalse();
        BlockId.TryParse(Convert.ToBase64String(new byte[8]), out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, 200)]
    public async Task Native_Client_IsFoundAndSharesTheConnections(HttpStatusCode status, int code)
    {
        var agents = 0;
        await using var cloud = Create(_ =>
        {
            agents++;
            return Reply(code, "", ("ETag", "\"0x1\""), ("Last-Modified", "Fri, 01 May 2026 10:00:00 GMT"), ("x-ms-request-id", "R"));
        });

        var container = cloud.Storage.OpenBucket("media").GetService(typeof(global::Azure.Storage.Blobs.BlobContainerClient)).ShouldBeOfType<global::Azure.Storage.Blobs.BlobContainerClient>();
        (await container.GetPropertiesAsync()).GetRawResponse().Status.ShouldBe((int)status);
        agents.ShouldBe(1);
    }
}
