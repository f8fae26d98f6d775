using System.Collections.ObjectModel;
using Microsoft.Extensions.Time.Testing;
using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

/// <summary>What the embedded store and its in-memory twin do alike.</summary>
public abstract class StoreBehaviour : IAsyncLifetime
{
    private StorageDriver _storage = null!;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private protected BucketDriver Bucket { get; private set; } = null!;

    private protected StorageDriver Storage => _storage;

    public async ValueTask InitializeAsync()
    {
        _storage = Create(Time);
        Bucket = await _storage.BucketAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(32 * 1024)]
    [InlineData((32 * 1024) + 1)]
    [InlineData(3_000_000)]
    public async Task Get_OfAnySize_ReturnsWhatWasPut(int size)
    {
        var bytes = DriverExtensions.Bytes(size);
        var result = await Bucket.PutAsync("key", bytes);
        (await Bucket.ReadAsync("key")).ShouldBe(bytes);
        var info = (await Bucket.InfoAsync("key")).ShouldNotBeNull();
        info.Size.ShouldBe(size);
        info.Tag.ShouldBe(result.Tag);
        info.VersionId.ShouldBeNull();
        info.Checksum.ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes));
        info.LastModified.ShouldBe(Time.GetUtcNow());
    }

    [Fact]
    public async Task Put_WithAttributes_KeepsAllAndReplacesAll()
    {
        var headers = new ContentHeaders { ContentType = "text/plain", CacheControl = "no-cache", ContentDisposition = "inline", ContentEncoding = "gzip", ContentLanguage = "de" };
        var metadata = DriverExtensions.Pairs("a-b", "ü = \"x\"");
        await Bucket.PutAsync("key", "1", new PutOptions { Headers = headers, Metadata = metadata, Tags = DriverExtensions.Pairs("t", "1"), Tier = StorageTier.Cold });
        var info = (await Bucket.InfoAsync("key")).ShouldNotBeNull();
        info.Headers.ShouldBe(headers);
        info.Metadata.ShouldBe(metadata, ignoreOrder: true);
        info.Tier.ShouldBe(StorageTier.Cold);
        (await Bucket.GetTagsAsync("key", default))["t"].ShouldBe("1");

        await Bucket.PutAsync("key", "2");
        info = (await Bucket.InfoAsync("key")).ShouldNotBeNull();
        info.Headers.ShouldBe(ContentHeaders.Default);
        info.Metadata.ShouldBeEmpty();
        info.Tier.ShouldBe(StorageTier.Standard);
        (await Bucket.GetTagsAsync("key", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SetTagsAndTier_OnAnObject_LeaveContentAndTagAlone()
    {
        var put = await Bucket.PutAsync("key", "body", new PutOptions { Metadata = DriverExtensions.Pairs("m", "1") });
        await Bucket.SetTagsAsync("key", DriverExtensions.Pairs("t", "2"), default);
        await Bucket.SetTierAsync("key", StorageTier.Infrequent, default);
        var info = (await Bucket.InfoAsync("key")).ShouldNotBeNull();
        info.Tag.ShouldBe(put.Tag);
        info.Metadata["m"].ShouldBe("1");
        info.Tier.ShouldBe(StorageTier.Infrequent);
        (await Bucket.GetTagsAsync("key", default))["t"].ShouldBe("2");
        await Bucket.SetTagsAsync("none", ReadOnlyDictionary<string, string>.Empty, default).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound);
    }

    [Fact]
    public async Task Get_OfAnArchivedObject_IsRefusedUntilItIsMoved()
    {
        await Bucket.PutAsync("key", "body", new PutOptions { Tier = StorageTier.Archive });
        await Bucket.ReadAsync("key").FailsAsync(CloudErrorCode.Conflict, ObjectStorageErrorReasons.ObjectArchived);
        await Bucket.CopyAsync(new CopySource(Bucket, "key", null, default), "copy", new CopyOptions(), default)
            .FailsAsync(CloudErrorCode.Conflict, ObjectStorageErrorReasons.ObjectArchived);
        (await Bucket.InfoAsync("key"))!.Tier.ShouldBe(StorageTier.Archive);
        await Bucket.SetTierAsync("key", StorageTier.Standard, default);
        (await Bucket.ReadTextAsync("key")).ShouldBe("body");
    }

    [Fact]
    public async Task Put_UnderConditions_ChecksThem()
    {
        var absent = new PutOptions { Condition = WriteCondition.MustNotExist };
        var first = await Bucket.PutAsync("key", "1", absent);
        await Bucket.PutAsync("key", "2", absent).FailsAsync(CloudErrorCode.AlreadyExists, ObjectStorageErrorReasons.ObjectExists);
        var match = new PutOptions { Condition = WriteCondition.MustMatch(first.Tag) };
        var second = await Bucket.PutAsync("key", "2", match);
        second.Tag.ShouldNotBe(first.Tag);
        await Bucket.PutAsync("key", "3", match).FailsAsync(CloudErrorCode.PreconditionFailed);
        await Bucket.PutAsync("none", "3", match).FailsAsync(CloudErrorCode.PreconditionFailed);
        (await Bucket.ReadTextAsync("key")).ShouldBe("2");
        (await Bucket.InfoAsync("none")).ShouldBeNull();
    }

    [Fact]
    public async Task Put_WithWrongChecksum_IsRefusedAndLeavesWhatWasThere()
    {
        foreach (var size in (int[])[100, 100_000])
        {
            var bytes = DriverExtensions.Bytes(size);
            var wrong = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, "other"u8);
            await Bucket.PutAsync("key", "old");
            await Bucket.PutAsync("key", bytes, null, wrong).FailsAsync(CloudErrorCode.DataCorrupted, ObjectStorageErrorReasons.ChecksumMismatch);
            (await Bucket.ReadTextAsync("key")).ShouldBe("old");
            await Bucket.PutAsync("key", bytes, null, ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes));
        }
    }

    [Fact]
    public async Task Put_WithTheClockSetBack_NeverLooksOlder()
    {
        await Bucket.PutAsync("key", "1");
        var before = (await Bucket.InfoAsync("key"))!.LastModified;
        var late = Create(new FakeTimeProvider(before - TimeSpan.FromDays(1)));
        await using (late)
        {
            var bucket = late is InMemoryStorageDriver ? Bucket : await late.BucketAsync();
            await bucket.PutAsync("key", "2");
            (await bucket.InfoAsync("key"))!.LastModified.ShouldBeGreaterThanOrEqualTo(before);
        }
    }

    [Fact]
    public async Task Get_OfRanges_ServesAndClips()
    {
        foreach (var size in (int[])[1000, 100_000])
        {
            var bytes = DriverExtensions.Bytes(size);
            await Bucket.PutAsync("key", bytes);
            await RangeAsync(ByteRange.From(10), 10, size - 10);
            await RangeAsync(ByteRange.Slice(10, 20), 10, 20);
            await RangeAsync(ByteRange.Slice(size - 5, 20), size - 5, 5);
            await RangeAsync(ByteRange.Suffix(7), size - 7, 7);
            await RangeAsync(ByteRange.Suffix(size + 7), 0, size);
            await Bucket.GetAsync("key", new GetOptions { Range = ByteRange.From(size) }, default)
                .FailsAsync(CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.RangeNotSatisfiable);

            async Task RangeAsync(ByteRange range, int offset, int length)
            {
                await using var content = await Bucket.GetAsync("key", new GetOptions { Range = range }, default);
                content.Offset.ShouldBe(offset);
                content.Length.ShouldBe(length);
                content.Info.Size.ShouldBe(size);
                (await content.ReadBytesAsync()).ShouldBe(bytes[offset..(offset + length)]);
            }
        }

        await Bucket.PutAsync("empty", "");
        await Bucket.GetAsync("empty", new GetOptions { Range = ByteRange.Suffix(1) }, default).FailsAsync(CloudErrorCode.InvalidArgument, ObjectStorageErrorReasons.RangeNotSatisfiable);
    }

    [Fact]
    public async Task Get_UnderConditions_ChecksThem()
    {
        var tag = (await Bucket.PutAsync("key", "body")).Tag;
        var now = Time.GetUtcNow();
        var other = VersionTag.Parse("other");
        await Read(new ReadCondition { IfMatch = tag, IfNoneMatch = other, IfModifiedSince = now.AddHours(-10), IfUnmodifiedSince = now.AddHours(10) });
        await Read(new ReadCondition { IfMatch = other }).FailsAsync(CloudErrorCode.PreconditionFailed);
        await Read(new ReadCondition { IfNoneMatch = tag }).FailsAsync(CloudErrorCode.PreconditionFailed, ObjectStorageErrorReasons.NotModified);
        await Read(new ReadCondition { IfModifiedSince = now }).FailsAsync(CloudErrorCode.PreconditionFailed, ObjectStorageErrorReasons.NotModified);
        await Read(new ReadCondition { IfUnmodifiedSince = now.AddSeconds(-1) }).FailsAsync(CloudErrorCode.PreconditionFailed);

        Task Read(ReadCondition condition) => Bucket.ReadAsync("key", new GetOptions { Condition = condition });
    }

    [Fact]
    public async Task Get_StartedBeforeAnOverwrite_FinishesTheOldBytes()
    {
        foreach (var size in (int[])[100, 500_000])
        {
            var old = DriverExtensions.Bytes(size, 1);
            await Bucket.PutAsync("key", old);
            await using var content = await Bucket.GetAsync("key", new GetOptions(), default);
            await Bucket.PutAsync("key", DriverExtensions.Bytes(size, 2));
            await Bucket.RemoveAsync("key");
            (await content.ReadBytesAsync()).ShouldBe(old);
        }
    }

    [Fact]
    public async Task Delete_OfObjects_TellsWhatBecameOfThem()
    {
        var tag = (await Bucket.PutAsync("key", "1")).Tag;
        await Bucket.RemoveAsync("key", new DeleteOptions { IfMatch = VersionTag.Parse("other") }).FailsAsync(CloudErrorCode.PreconditionFailed);
        (await Bucket.RemoveAsync("key", new DeleteOptions { IfMatch = tag })).ShouldBe(DeleteOutcome.Deleted);
        (await Bucket.RemoveAsync("key")).ShouldBe(DeleteOutcome.Missing);
        await Bucket.RemoveAsync("key", new DeleteOptions { IfMatch = tag }).FailsAsync(CloudErrorCode.PreconditionFailed);
        await Bucket.PutAsync("b", "1");
        var results = await Bucket.DeleteBatchAsync(["a", "b", "c"], default);
        results.ShouldBe([new("a", DeleteOutcome.Missing), new("b", DeleteOutcome.Deleted), new("c", DeleteOutcome.Missing)]);
        await Bucket.GetAsync("b", new GetOptions(), default).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound);
    }

    [Fact]
    public async Task Copy_OfObjects_SharesBodiesAndKeepsOrReplacesAttributes()
    {
        foreach (var size in (int[])[0, 100, 100_000])
        {
            var bytes = DriverExtensions.Bytes(size);
            var tags = DriverExtensions.Pairs("t", "1");
            var put = await Bucket.PutAsync("source", bytes, new PutOptions { Headers = new ContentHeaders { ContentType = "text/plain" }, Tags = tags });
            var source = new CopySource(Bucket, "source", null, put.Tag);
            var copy = await Bucket.CopyAsync(source, "copy", new CopyOptions(), default);
            copy.Tag.ShouldNotBe(put.Tag);
            (await Bucket.InfoAsync("copy"))!.Headers.ContentType.ShouldBe("text/plain");
            (await Bucket.InfoAsync("copy"))!.Checksum.ShouldBe(put.Checksum);
            (await Bucket.GetTagsAsync("copy", default))["t"].ShouldBe("1");
            await Bucket.CopyAsync(source, "copy", new CopyOptions { Attributes = new ObjectAttributes() }, default);
            (await Bucket.InfoAsync("copy"))!.Headers.ShouldBe(ContentHeaders.Default);
            await Bucket.CopyAsync(source, "source", new CopyOptions { Attributes = new ObjectAttributes() }, default);
            (await Bucket.ReadAsync("source")).ShouldBe(bytes);
            await Bucket.CopyAsync(source, "x", new CopyOptions(), default).FailsAsync(CloudErrorCode.PreconditionFailed);
            await Bucket.RemoveAsync("source");
            (await Bucket.ReadAsync("copy")).ShouldBe(bytes);
            await Bucket.CopyAsync(source, "x", new CopyOptions(), default).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.ObjectNotFound);
            await Bucket.CopyAsync(source with { Key = "copy", IfMatch = default }, "copy", new CopyOptions { Condition = WriteCondition.MustNotExist }, default)
                .FailsAsync(CloudErrorCode.AlreadyExists, ObjectStorageErrorReasons.ObjectExists);
        }
    }

    [Fact]
    public async Task Buckets_LiveAndDie_ByTheRules()
    {
        await Storage.CreateBucketAsync(DriverExtensions.BucketName, new CreateBucketOptions(), default);
        (await Storage.TryGetBucketInfoAsync("none", default)).ShouldBeNull();
        await Storage.OpenBucket("none").PutAsync("key", "1").FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.BucketNotFound);
        await Storage.OpenBucket("none").InfoAsync("key").FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.BucketNotFound);
        await Storage.OpenBucket("none").ListPageAsync(new ListOptions(), default).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.BucketNotFound);
        await Bucket.PutAsync("key", "1");
        await Storage.DeleteBucketAsync(Bucket.Name, default).FailsAsync(CloudErrorCode.Conflict, ObjectStorageErrorReasons.BucketNotEmpty);
        await Bucket.RemoveAsync("key");
        await Storage.CreateBucketAsync("another", new CreateBucketOptions(), default);
        (await Storage.ListBucketsPageAsync(new ListBucketsOptions(), default)).Buckets.Select(bucket => bucket.Name).ShouldBe(["another", DriverExtensions.BucketName]);
        (await Storage.ListBucketsPageAsync(new ListBucketsOptions { Prefix = "an" }, default)).Buckets.Count.ShouldBe(1);
        await Storage.DeleteBucketAsync(Bucket.Name, default);
        await Storage.DeleteBucketAsync(Bucket.Name, default).FailsAsync(CloudErrorCode.NotFound, ObjectStorageErrorReasons.BucketNotFound);
        Storage.ValidateBucketName("Big").ShouldNotBeNull();
        Storage.ValidateBucketName("good-name.1").ShouldBeNull();
    }

    private protected abstract StorageDriver Create(TimeProvider time);
}
