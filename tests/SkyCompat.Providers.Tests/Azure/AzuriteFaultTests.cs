using System.Net.Http.Headers;
using System.Text;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.Azure;

/// <summary>Bad input and faults against Azurite, with the vendor's own client as the other hand.</summary>
public sealed class AzuriteFaultTests : IAsyncLifetime
{
    private AzureTestCloud? _cloud;
    private BucketDriver? _bucket;

    private AzureTestCloud Cloud => _cloud!;

    private BucketDriver Bucket => _bucket!;

    private BlobContainerClient Sdk => (BlobContainerClient)Bucket.GetService(typeof(BlobContainerClient))!;

    public async ValueTask InitializeAsync()
    {
        await Azurite.RequireAsync();
        _cloud = AzureTestCloud.OverAzurite();
        _bucket = await _cloud.CreateContainerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    [Fact]
    public async Task Get_WrongAccountKey_IsUnauthenticated()
    {
        await using var other = AzureTestCloud.OverAzurite(configure: o => o.AccountKey = Convert.ToBase64String(new byte[64]));

        var error = await Should.ThrowAsync<CloudException>(() => other.Storage.OpenBucket(Bucket.Name).GetAsync("k", new GetOptions(), default));

        (error.Code, error.IsTransient, error.Scope).ShouldBe((CloudErrorCode.Unauthenticated, false, ErrorScope.Cloud));
    }

    [Fact]
    public async Task Sas_OfTheVendor_ReadsWritesListsAndCopies()
    {
        await using var other = WithSas(BlobContainerSasPermissions.All, TimeSpan.FromHours(1));
        var bucket = other.Storage.OpenBucket(Bucket.Name);

        await bucket.PutAsync("a b", AzureTestCloud.Body(1, 2), null, new PutOptions(), default);
        await bucket.CopyAsync(new CopySource(bucket, "a b", null, default), "copy", new CopyOptions(), default);
        (await bucket.ListPageAsync(new ListOptions(), default)).Entries.Select(e => e.Key).ShouldBe(["a b", "copy"]);
        (await bucket.DeleteBatchAsync(["a b"], default)).ShouldHaveSingleItem().Outcome.ShouldBe(DeleteOutcome.Deleted);
        (await bucket.GetCapabilitiesAsync(default)).Supports(BucketFeatures.SignGet).ShouldBeFalse();
    }

    [Fact]
    public async Task Sas_Expired_IsUnauthenticated()
    {
        await using var other = WithSas(BlobContainerSasPermissions.All, -TimeSpan.FromHours(1));

        var error = await Should.ThrowAsync<CloudException>(() => other.Storage.OpenBucket(Bucket.Name).GetAsync("k", new GetOptions(), default));

        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.Unauthenticated, false));
        error.ToString().ShouldNotContain("sig=");
    }

    [Fact]
    public async Task Sas_TooNarrow_IsDenied()
    {
        await using var other = WithSas(BlobContainerSasPermissions.Read, TimeSpan.FromHours(1));

        var error = await Should.ThrowAsync<CloudException>(() => other.Storage.OpenBucket(Bucket.Name).PutAsync("k", AzureTestCloud.Body(1), null, new PutOptions(), default));

        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.PermissionDenied, false));
    }

    [Fact]
    public async Task Write_LeasedBlob_IsRetained()
    {
        await Bucket.PutAsync("k", AzureTestCloud.Body(1), null, new PutOptions(), default);
        var lease = Sdk.GetBlobClient("k").GetBlobLeaseClient();
        await lease.AcquireAsync(TimeSpan.FromSeconds(60));

        var put = await Should.ThrowAsync<CloudException>(() => Bucket.PutAsync("k", AzureTestCloud.Body(2), null, new PutOptions(), default));
        var delete = await Should.ThrowAsync<CloudException>(() => Bucket.DeleteAsync("k", new DeleteOptions(), default));
        var batch = await Bucket.DeleteBatchAsync(["k"], default);

        foreach (var error in new[] { put, delete, batch[0].Error! })
        {
            (error.Code, error.Reason, error.IsTransient).ShouldBe((CloudErrorCode.Conflict, Reasons.ObjectRetained, false));
        }

        await lease.BreakAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Delete_BlobWithSnapshots_KeepsThem()
    {
        await Bucket.PutAsync("k", AzureTestCloud.Body(1), null, new PutOptions(), default);
        await Sdk.GetBlobClient("k").CreateSnapshotAsync();

        var error = await Should.ThrowAsync<CloudException>(() => Bucket.DeleteAsync("k", new DeleteOptions(), default));

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.Conflict, Reasons.ObjectRetained));
        await Sdk.GetBlobClient("k").DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots);
    }

    [Fact]
    public async Task Get_ArchivedBlob_IsArchived()
    {
        await Bucket.PutAsync("k", AzureTestCloud.Body(1), null, new PutOptions { Tier = StorageTier.Archive }, default);

        var error = await Should.ThrowAsync<CloudException>(() => Bucket.GetAsync("k", new GetOptions(), default));

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.Conflict, Reasons.ObjectArchived));
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("put whole")]
    [InlineData("put in blocks")]
    public async Task Upload_StaleBlocksWithIdsOfAnotherLength_AreClearedAway(string before)
    {
        var options = new PutOptions
        {
            Headers = new ContentHeaders { ContentType = "text/plain", CacheControl = "no-cache" },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["some-key"] = "v" },
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["t"] = "1" },
        };
        if (before == "put whole")
        {
            await Bucket.PutAsync("k", AzureTestCloud.Body(1, 2, 3), null, options, default);
        }
        else if (before == "put in blocks")
        {
            var first = await Bucket.CreateUploadAsync("k", options, default);
            var parts = new[] { await Bucket.PutPartAsync(first, 1, AzureTestCloud.Body(1, 2), null, default), await Bucket.PutPartAsync(first, 2, AzureTestCloud.Body(3), null, default) };
            await Bucket.CompleteUploadAsync(first, parts, null, options, default);
        }

        using (var body = new MemoryStream([9, 9]))
        {
            await Sdk.GetBlockBlobClient("k").StageBlockAsync(Convert.ToBase64String(Encoding.ASCII.GetBytes("stale-00001")), body);
        }

        var upload = await Bucket.CreateUploadAsync("k", new PutOptions(), default);

        // What was there is there as before.
        var info = await Bucket.TryGetInfoAsync("k", new GetInfoOptions(), default);
        (info is null).ShouldBe(before == "absent");
        if (info is not null)
        {
            (info.Size, info.Headers, info.Metadata["some-key"]).ShouldBe((3L, options.Headers, "v"));
            (await Bucket.GetTagsAsync("k", default))["t"].ShouldBe("1");
            await using var content = await Bucket.GetAsync("k", new GetOptions(), default);
            (await content.ReadBytesAsync()).ShouldBe([1, 2, 3]);
        }

        var part = await Bucket.PutPartAsync(upload, 1, AzureTestCloud.Body(7), null, default);
        await Bucket.CompleteUploadAsync(upload, [part], null, new PutOptions(), default);
        (await Bucket.TryGetInfoAsync("k", new GetInfoOptions(), default))!.Size.ShouldBe(1);
    }

    [Fact]
    public async Task Complete_AfterAnotherWriteDiscardedTheParts_IsUploadNotFound()
    {
        var upload = await Bucket.CreateUploadAsync("k", new PutOptions(), default);
        var part = await Bucket.PutPartAsync(upload, 1, AzureTestCloud.Body(1), null, default);
        var other = await Bucket.CreateUploadAsync("k", new PutOptions(), default);
        await Bucket.CompleteUploadAsync(other, [await Bucket.PutPartAsync(other, 1, AzureTestCloud.Body(2), null, default)], null, new PutOptions(), default);

        var plain = await Should.ThrowAsync<CloudException>(() => Bucket.CompleteUploadAsync(upload, [part], null, new PutOptions(), default));
        plain.Reason.ShouldBe(Reasons.UploadNotFound);
    }

    [Fact]
    public async Task Complete_ConditionalAfterAnotherWriteDiscardedTheParts_SpeaksOfTheCondition()
    {
        var options = new PutOptions { Condition = WriteCondition.MustNotExist };
        var upload = await Bucket.CreateUploadAsync("k", options, default);
        var part = await Bucket.PutPartAsync(upload, 1, AzureTestCloud.Body(1), null, default);
        await Bucket.PutAsync("k", AzureTestCloud.Body(2), null, new PutOptions(), default);

        var error = await Should.ThrowAsync<CloudException>(() => Bucket.CompleteUploadAsync(upload, [part], null, options, default));
        (error.Code, error.Reason).ShouldBe((CloudErrorCode.AlreadyExists, Reasons.ObjectExists));
    }

    [Fact]
    public async Task Put_WrongChecksum_StoresNothing()
    {
        var wrong = new Checksum(ChecksumAlgorithm.Crc64Nvme, [1, 2, 3, 4, 5, 6, 7, 8]);

        var error = await Should.ThrowAsync<CloudException>(() => Bucket.PutAsync("k", AzureTestCloud.Body(1), wrong, new PutOptions(), default));

        (error.Code, error.Reason).ShouldBe((CloudErrorCode.DataCorrupted, Reasons.ChecksumMismatch));
        (await Bucket.TryGetInfoAsync("k", new GetInfoOptions(), default)).ShouldBeNull();
    }

    [Fact]
    public async Task PutPart_WrongChecksum_IsRefused()
    {
        var upload = await Bucket.CreateUploadAsync("k", new PutOptions(), default);
        var wrong = new Checksum(ChecksumAlgorithm.Crc64Nvme, [1, 2, 3, 4, 5, 6, 7, 8]);

        (await Should.ThrowAsync<CloudException>(() => Bucket.PutPartAsync(upload, 1, AzureTestCloud.Body(1), wrong, default))).Code.ShouldBe(CloudErrorCode.DataCorrupted);
    }

    [Fact]
    public async Task Objects_OfTheVendorsClient_AreReadAndTheOtherWayRound()
    {
        var blob = Sdk.GetBlobClient("dir/a b+c%20\u00e4.txt");
        await blob.UploadAsync(BinaryData.FromString("theirs"), new BlobUploadOptions
        {
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["some_key"] = "v" },
            HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain" },
        });

        await using (var content = await Bucket.GetAsync(blob.Name, new GetOptions(), default))
        {
            (await content.ReadTextAsync()).ShouldBe("theirs");
            (content.Info.Headers.ContentType, content.Info.Metadata["some-key"]).ShouldBe(("text/plain", "v"));
        }

        var upload = await Bucket.CreateUploadAsync("ours \u00e9", new PutOptions(), default);
        var part = await Bucket.PutPartAsync(upload, 1, AzureTestCloud.Body(Encoding.ASCII.GetBytes("ours")), null, default);
        await Bucket.CompleteUploadAsync(upload, [part], null, new PutOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["a-b"] = "c" } }, default);
        var theirs = (await Sdk.GetBlobClient("ours \u00e9").DownloadContentAsync()).Value;
        (theirs.Content.ToString(), theirs.Details.Metadata["a_b"]).ShouldBe(("ours", "c"));
    }

    [Fact]
    public async Task Tokens_OverHttps_ReadWriteCopyBatchAndSign()
    {
        await using var cloud = AzureTestCloud.OverAzuriteWithTokens(new TestTokens());
        var bucket = await cloud.CreateContainerAsync();
        await bucket.PutAsync("k", AzureTestCloud.Body(1, 2, 3), null, new PutOptions(), default);
        (await bucket.TryGetInfoAsync("k", new GetInfoOptions(), default))!.Size.ShouldBe(3);

        // Signed with the user delegation key that the identity fetched.
        using var http = new HttpClient(Azurite.CreateTrustingHandler());
        var get = await bucket.SignAsync("k", new SignOptions(), default);
        get.Url.Query.ShouldContain("skoid=");
        (await http.GetByteArrayAsync(get.Url)).ShouldBe([1, 2, 3]);
        var put = await bucket.SignAsync("new", new SignOptions { Method = SignedMethod.Put }, default);
        using (var request = new HttpRequestMessage(HttpMethod.Put, put.Url) { Content = new ByteArrayContent([4]) })
        {
            foreach (var (name, value) in put.RequiredHeaders)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            (await http.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue();
        }

        (await bucket.TryGetInfoAsync("new", new GetInfoOptions(), default))!.Size.ShouldBe(1);
        using (var forged = new HttpRequestMessage(HttpMethod.Delete, get.Url))
        {
            (await http.SendAsync(forged)).IsSuccessStatusCode.ShouldBeFalse();
        }

        (await bucket.DeleteBatchAsync(["k", "new", "none"], default)).Select(r => r.Outcome).ShouldBe([DeleteOutcome.Deleted, DeleteOutcome.Deleted, DeleteOutcome.Missing]);
    }

    [Fact]
    public async Task Sas_OfOurs_HasTheSignatureOfTheVendors()
    {
        await Bucket.PutAsync("a b/\u00e4", AzureTestCloud.Body(1), null, new PutOptions(), default);
        var ours = await Bucket.SignAsync("a b/\u00e4", new SignOptions { ResponseHeaders = new ContentHeaders { ContentType = "text/x", ContentDisposition = "attachment; filename=\"a\"" } }, default);
        var theirs = new BlobSasBuilder(BlobSasPermissions.Read, ours.ExpiresAt)
        {
            BlobContainerName = Bucket.Name,
            BlobName = "a b/\u00e4",
            ContentType = "text/x",
            ContentDisposition = "attachment; filename=\"a\"",
        };
        var signed = theirs.ToSasQueryParameters(new StorageSharedKeyCredential(Azurite.AccountName, Azurite.AccountKey)).ToString();

        // The vendor's client names a newer version, so the signatures differ; the server must take both for the same request.
        using var http = new HttpClient();
        var paths = new[] { ours.Url.AbsoluteUri, $"{ours.Url.GetLeftPart(UriPartial.Path)}?{signed}" };
        foreach (var path in paths)
        {
            using var reply = await http.GetAsync(new Uri(path));
            reply.IsSuccessStatusCode.ShouldBeTrue();
            reply.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("text/x"));
        }
    }

    private AzureTestCloud WithSas(BlobContainerSasPermissions permissions, TimeSpan lifetime)
    {
        var builder = new BlobSasBuilder(permissions, TimeProvider.System.GetUtcNow() + lifetime) { BlobContainerName = Bucket.Name };
        var sas = builder.ToSasQueryParameters(new StorageSharedKeyCredential(Azurite.AccountName, Azurite.AccountKey)).ToString();
        return AzureTestCloud.OverAzurite(configure: o => (o.AccountKey, o.SasToken) = (null, "?" + sas));
    }
}
