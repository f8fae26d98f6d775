using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

/// <summary>Versions and multipart uploads of both stores.</summary>
public abstract class VersionAndUploadBehaviour : IAsyncLifetime
{
    private StorageDriver _storage = null!;

    private protected BucketDriver Bucket { get; private set; } = null!;

    private protected StorageDriver Storage => _storage;

    public async ValueTask InitializeAsync()
    {
        _storage = Create();
        Bucket = await _storage.BucketAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Versions_WhenEnabled_KeepEveryWriteAndDelete()
    {
        await Bucket.PutAsync("key", "0");
        await Bucket.SetVersioningAsync(VersioningState.Enabled, default);
        (await Bucket.GetVersioningAsync(default)).ShouldBe(VersioningState.Enabled);
        (await Bucket.InfoAsync("key"))!.VersionId.ShouldBe("null");
        var first = await Bucket.PutAsync("key", "1");
        var second = await Bucket.PutAsync("key", "2");
        (first.VersionId == second.VersionId).ShouldBeFalse();
        (await ReadAsync("null")).ShouldBe("0");
        (await ReadAsync(first.VersionId!)).ShouldBe("1");
        (await Bucket.ReadTextAsync("key")).ShouldBe("2");

        (await Bucket.RemoveAsync("key")).ShouldBe(DeleteOutcome.Deleted);
        (await Bucket.InfoAsync("key")).ShouldBeNull();
        (await Bucket.KeysAsync()).ShouldBeEmpty();
        (await Bucket.RemoveAsync("key")).ShouldBe(DeleteOutcome.Missing);
        (await ReadAsync(second.VersionId!)).ShouldBe("2");
        var entries = await EntriesAsync();
        entries.Select(entry => (entry.IsLatest, entry.IsDeleteMarker, entry.VersionId)).Skip(1)
            .ShouldBe([(false, false, second.VersionId!), (false, false, first.VersionId!), (false, false, "null")]);
        entries[0].IsLatest.ShouldBeTrue();
        entries[0].IsDeleteMarker.ShouldBeTrue();
        await Bucket.GetAsync("key", new GetOptions { VersionId = entries[0].VersionId }, default).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.VersionNotFound);

        (await Bucket.RemoveAsync("key", new DeleteOptions { VersionId = entries[0].VersionId })).ShouldBe(DeleteOutcome.Deleted);
        (await Bucket.ReadTextAsync("key")).ShouldBe("2");
        (await Bucket.RemoveAsync("key", new DeleteOptions { VersionId = second.VersionId })).ShouldBe(DeleteOutcome.Deleted);
        (await Bucket.ReadTextAsync("key")).ShouldBe("1");
        (await Bucket.KeysAsync()).ShouldBe(["key"]);
        (await Bucket.RemoveAsync("key", new DeleteOptions { VersionId = second.VersionId })).ShouldBe(DeleteOutcome.Missing);
        await ReadAsync("nonsense").FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.VersionNotFound);
        await Storage.DeleteBucketAsync(Bucket.Name, default).FailsAsync(CloudErrorCode.Conflict, ObjectStorageErrorReasons.BucketNotEmpty);

        Task<string> ReadAsync(string version) => Bucket.ReadTextAsync("key", new GetOptions { VersionId = version });
    }

    [Fact]
    public async Task Versions_WhenSuspended_ReplaceTheNullVersionOnly()
    {
        await Bucket.SetVersioningAsync(VersioningState.Enabled, default);
        var kept = await Bucket.PutAsync("key", "kept");
        await Bucket.SetVersioningAsync(VersioningState.Suspended, default);
        (await Bucket.PutAsync("key", "a")).VersionId.ShouldBe("null");
        (await Bucket.PutAsync("key", "b")).VersionId.ShouldBe("null");
        (await EntriesAsync()).Select(entry => entry.VersionId).ShouldBe(["null", kept.VersionId!]);
        await Bucket.RemoveAsync("key");
        (await EntriesAsync()).Select(entry => (entry.VersionId, entry.IsDeleteMarker)).ShouldBe([("null", true), (kept.VersionId!, false)]);
        await Bucket.SetVersioningAsync(VersioningState.Enabled, default);
        var above = await Bucket.PutAsync("key", "above");
        await Bucket.SetVersioningAsync(VersioningState.Suspended, default);
        await Bucket.PutAsync("key", "c");
        (await EntriesAsync()).Select(entry => entry.VersionId).ShouldBe(["null", above.VersionId!, kept.VersionId!]);
        await Bucket.RemoveAsync("key", new DeleteOptions { VersionId = "null" });
        (await Bucket.ReadTextAsync("key")).ShouldBe("above");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task ListVersions_AtAnyPageSize_GivesTheSameUnion(int pageSize)
    {
        await Bucket.SetVersioningAsync(VersioningState.Enabled, default);
        foreach (var key in (string[])["a", "b", "b", "b", "c", "d", "d"])
        {
            await Bucket.PutAsync(key, "x");
        }

        await Bucket.RemoveAsync("d");
        var entries = new List<VersionEntry>();
        string? token = null;
        do
        {
            var page = await Bucket.ListVersionsPageAsync(new ListVersionsOptions { PageSize = pageSize, ContinuationToken = token }, default);
            page.Entries.Count.ShouldBeLessThanOrEqualTo(pageSize);
            entries.AddRange(page.Entries);
            token = page.ContinuationToken;
        }
        while (token is not null);

        entries.Select(entry => entry.Key).ShouldBe(["a", "b", "b", "b", "c", "d", "d", "d"]);
        entries.Select(entry => entry.IsLatest).ShouldBe([true, true, false, false, true, true, false, false]);
        entries.Count(entry => entry.IsDeleteMarker).ShouldBe(1);
        (await Bucket.ListVersionsPageAsync(new ListVersionsOptions { Prefix = "b" }, default)).Entries.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Upload_OfPartsInAnyOrder_JoinsThemByNumber()
    {
        var options = new PutOptions { Metadata = DriverExtensions.Pairs("m", "1"), Tags = DriverExtensions.Pairs("t", "1"), Tier = StorageTier.Cold };
        var upload = await Bucket.CreateUploadAsync("key", options, default);
        byte[][] bodies = [DriverExtensions.Bytes(100_000, 1), DriverExtensions.Bytes(10, 2), DriverExtensions.Bytes(50_000, 3)];
        var parts = new UploadedPart[3];
        foreach (var i in (int[])[2, 0, 1])
        {
            await PutPartAsync(upload, i + 1, DriverExtensions.Bytes(77_777));
            parts[i] = await PutPartAsync(upload, i + 1, bodies[i]);
        }

        await PutPartAsync(upload, 9, DriverExtensions.Bytes(60_000));
        (await Bucket.InfoAsync("key")).ShouldBeNull();
        (await Bucket.KeysAsync()).ShouldBeEmpty();
        (await Bucket.ListPartsPageAsync(upload, null, default)).Parts.Select(part => part.Number).ShouldBe([1, 2, 3, 9]);
        (await Bucket.ListUploadsPageAsync("k", null, default)).Uploads.ShouldHaveSingleItem().UploadId.ShouldBe(upload.UploadId);

        byte[] whole = [.. bodies[0], .. bodies[1], .. bodies[2]];
        var crc = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, whole);
        await Bucket.CompleteUploadAsync(upload, parts, ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, "x"u8), options, default)
            .FailsAsync(CloudErrorCode.DataCorrupted, ObjectStorageErrorReasons.ChecksumMismatch);
        await Bucket.CompleteUploadAsync(upload, [parts[0] with { Tag = parts[1].Tag }], null, options, default).FailsAsync(CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.InvalidPart);
        var result = await Bucket.CompleteUploadAsync(upload, parts, crc, options, default);
        result.Checksum.ShouldBe(crc);
        (await Bucket.ReadAsync("key")).ShouldBe(whole);
        (await Bucket.ReadAsync("key", new GetOptions { Range = ByteRange.Slice(99_990, 30) })).ShouldBe(whole[99_990..100_020]);
        (await Bucket.ReadAsync("key", new GetOptions { Range = ByteRange.Slice(100_000, 10) })).ShouldBe(whole[100_000..100_010]);
        (await Bucket.ReadAsync("key", new GetOptions { Range = ByteRange.Suffix(1) })).ShouldBe(whole[^1..]);
        var info = (await Bucket.InfoAsync("key"))!;
        info.Metadata["m"].ShouldBe("1");
        info.Tier.ShouldBe(StorageTier.Cold);
        (await Bucket.GetTagsAsync("key", default))["t"].ShouldBe("1");
        await Bucket.CompleteUploadAsync(upload, parts, crc, options, default).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.UploadNotFound);
        await Bucket.AbortUploadAsync(upload, default).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.UploadNotFound);
    }

    [Fact]
    public async Task Complete_UnderConditions_ChecksThem()
    {
        await Bucket.PutAsync("key", "old");
        var upload = await Bucket.CreateUploadAsync("key", new PutOptions(), default);
        var part = await PutPartAsync(upload, 1, DriverExtensions.Bytes(100));
        var absent = new PutOptions { Condition = WriteCondition.MustNotExist };
        await Bucket.CompleteUploadAsync(upload, [part], null, absent, default).FailsAsync(CloudErrorCode.AlreadyExists, ObjectStorageErrorReasons.ObjectExists);
        (await Bucket.ReadTextAsync("key")).ShouldBe("old");
        await Bucket.RemoveAsync("key");
        await Bucket.CompleteUploadAsync(upload, [part], null, absent, default);
        (await Bucket.ReadAsync("key")).Length.ShouldBe(100);
    }

    [Fact]
    public async Task CopyPart_OfRanges_SharesWhatTheSourceHas()
    {
        var (large, small) = (DriverExtensions.Bytes(200_000, 1), DriverExtensions.Bytes(5_000, 2));
        var upload = await Bucket.CreateUploadAsync("source", new PutOptions(), default);
        UploadedPart[] parts = [await PutPartAsync(upload, 1, large), await PutPartAsync(upload, 2, small)];
        await Bucket.CompleteUploadAsync(upload, parts, null, new PutOptions(), default);
        byte[] whole = [.. large, .. small];

        var copy = await Bucket.CreateUploadAsync("copy", new PutOptions(), default);
        var source = new CopySource(Bucket, "source", null, default);
        var first = await Bucket.CopyPartAsync(copy, 1, source, 199_000, 3_000, default);
        var second = await Bucket.CopyPartAsync(copy, 2, source, 0, whole.Length, default);
        first.Checksum.ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, whole.AsSpan(199_000, 3_000)));
        await Bucket.CopyPartAsync(copy, 3, source, whole.Length - 1, 2, default).FailsAsync(CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.RangeNotSatisfiable);
        await Bucket.RemoveAsync("source");
        byte[] expected = [.. whole[199_000..202_000], .. whole];
        var crc = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, expected);
        await Bucket.CompleteUploadAsync(copy, [first, second], crc, new PutOptions(), default);
        (await Bucket.ReadAsync("copy")).ShouldBe(expected);
    }

    [Fact]
    public async Task Uploads_OfManyKeysAndParts_ArePaged()
    {
        MultipartUpload upload = null!;
        for (var i = 0; i < 1200; i++)
        {
            upload = await Bucket.CreateUploadAsync($"key{i / 2:d4}", new PutOptions(), default);
        }

        var page = await Bucket.ListUploadsPageAsync(null, null, default);
        page.Uploads.Count.ShouldBe(1000);
        var next = await Bucket.ListUploadsPageAsync(null, page.ContinuationToken.ShouldNotBeNull(), default);
        next.ContinuationToken.ShouldBeNull();
        page.Uploads.Concat(next.Uploads).Select(found => found.UploadId).Distinct(StringComparer.Ordinal).Count().ShouldBe(1200);

        await Task.WhenAll(Enumerable.Range(1, 1001).Select(number => PutPartAsync(upload, number, [(byte)number])));
        var parts = await Bucket.ListPartsPageAsync(upload, null, default);
        parts.Parts.Count.ShouldBe(1000);
        (await Bucket.ListPartsPageAsync(upload, parts.ContinuationToken.ShouldNotBeNull(), default)).Parts.ShouldHaveSingleItem().Number.ShouldBe(1001);
        await Bucket.AbortUploadAsync(upload, default);
        await PutPartAsync(upload, 1, [1]).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.UploadNotFound);
    }

    private protected Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, byte[] bytes) =>
        Bucket.PutPartAsync(upload, number, DriverExtensions.Body(bytes), ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes), default);

    private protected abstract StorageDriver Create();

    private async Task<IReadOnlyList<VersionEntry>> EntriesAsync() => (await Bucket.ListVersionsPageAsync(new ListVersionsOptions(), default)).Entries;
}

public sealed class LocalVersionAndUploadTests : VersionAndUploadBehaviour
{
    private readonly LocalTestRoot _root = new();

    [Fact]
    public async Task Bodies_WhenNothingRefersToThem_LeaveTheDisk()
    {
        await Bucket.SetVersioningAsync(VersioningState.Enabled, default);
        var upload = await Bucket.CreateUploadAsync("key", new PutOptions(), default);
        UploadedPart[] parts = [await PutPartAsync(upload, 1, DriverExtensions.Bytes(100_000)), await PutPartAsync(upload, 2, DriverExtensions.Bytes(100_000))];
        await PutPartAsync(upload, 3, DriverExtensions.Bytes(100_000));
        var first = await Bucket.CompleteUploadAsync(upload, parts, null, new PutOptions(), default);
        var copy = await Bucket.CopyAsync(new CopySource(Bucket, "key", null, default), "copy", new CopyOptions(), default);
        var second = await Bucket.PutAsync("key", DriverExtensions.Bytes(100_000));
        await Bucket.RemoveAsync("key", new DeleteOptions { VersionId = first.VersionId });
        await Bucket.RemoveAsync("key", new DeleteOptions { VersionId = second.VersionId });
        await Storage.DisposeAsync();
        _root.BodyFiles().Count.ShouldBe(2);

        await using var again = _root.Open();
        var bucket = await again.BucketAsync();
        (await bucket.ReadAsync("copy")).Length.ShouldBe(200_000);
        await bucket.RemoveAsync("copy", new DeleteOptions { VersionId = copy.VersionId });
        await again.DisposeAsync();
        _root.BodyFiles().ShouldBeEmpty();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _root.Dispose();
    }

    private protected override StorageDriver Create() => _root.Open();
}

public sealed class InMemoryVersionAndUploadTests : VersionAndUploadBehaviour
{
    private protected override StorageDriver Create() => new InMemoryStorageDriver();
}
