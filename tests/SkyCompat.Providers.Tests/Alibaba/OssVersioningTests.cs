using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Emulators.AlibabaOss;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>The trap of create-if-absent: OSS ignores the demand once the bucket keeps versions, also where that is switched on between the probe and the write.</summary>
public sealed class OssVersioningTests
{
    private const BucketFeatures IfAbsent = BucketFeatures.PutIfAbsent | BucketFeatures.MultipartIfAbsent | BucketFeatures.CopyIfAbsent;
    private const string Key = "lock";
    private static readonly PutOptions MustNotExist = new() { Condition = WriteCondition.MustNotExist };

    public static TheoryData<string> Ways { get; } = ["put", "multipart", "copy"];

    [Theory]
    [InlineData(VersioningState.Enabled)]
    [InlineData(VersioningState.Suspended)]
    public async Task Capabilities_BucketKeepsOrKeptVersions_LackIfAbsent(VersioningState state)
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        (await bucket.GetCapabilitiesAsync(default)).Supports(IfAbsent).ShouldBeTrue();

        await bucket.GetService<IBucketVersions>()!.SetVersioningAsync(VersioningState.Enabled);
        await bucket.GetService<IBucketVersions>()!.SetVersioningAsync(state);

        ((await bucket.GetCapabilitiesAsync(default)).Features & IfAbsent).ShouldBe(BucketFeatures.None);
        (await Should.ThrowAsync<CloudException>(() => bucket.PutTextAsync(Key, "x", MustNotExist))).Code.ShouldBe(CloudErrorCode.Unsupported);
        (await bucket.TryGetInfoAsync(Key)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Write_VersioningSwitchedOnAfterTheProbe_IsTakenBackAndNeverASuccess(string way)
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await PrepareAsync(bucket);
        var sibling = cloud.Storage.GetBucket(bucket.Name).GetService<IBucketVersions>()!;

        // Another process creates the object and switches the keeping on; this one's probe was before.
        cloud.Faults.Add(new OssFault(OssFaultKind.None)
        {
            Method = way == "multipart" ? "POST" : "PUT",
            Target = way == "multipart" ? $"/{Key}?uploadId" : $"/{Key}",
            Before = async () =>
            {
                await cloud.Storage.GetBucket(bucket.Name).PutTextAsync(Key, "theirs");
                await sibling.SetVersioningAsync(VersioningState.Enabled);
            },
        });
        var error = await Should.ThrowAsync<CloudException>(() => WriteAsync(bucket, way));

        (error.Code, error.IsTransient, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unsupported, false, false));
        error.Message.ShouldContain("deleted again");
        (await bucket.GetTextAsync(Key)).ShouldBe("theirs");
        (await sibling.ListVersionsPageAsync(new ListVersionsOptions { Prefix = Key })).Entries.ShouldHaveSingleItem().IsLatest.ShouldBeTrue();
        ((await bucket.GetCapabilitiesAsync(default)).Features & IfAbsent).ShouldBe(BucketFeatures.None);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Write_VersioningSuspendedAfterTheProbe_SaysThatItMayHaveReplacedSomething(string way)
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await PrepareAsync(bucket);
        var sibling = cloud.Storage.GetBucket(bucket.Name).GetService<IBucketVersions>()!;
        cloud.Faults.Add(new OssFault(OssFaultKind.None)
        {
            Method = way == "multipart" ? "POST" : "PUT",
            Target = way == "multipart" ? $"/{Key}?uploadId" : $"/{Key}",
            Before = () => sibling.SetVersioningAsync(VersioningState.Suspended),
        });

        var error = await Should.ThrowAsync<CloudException>(() => WriteAsync(bucket, way));

        (error.Code, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unsupported, true));
        error.Message.ShouldContain("suspended");
    }

    [Fact]
    public async Task Write_TakingBackFails_SaysWhichVersionIsThere()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await PrepareAsync(bucket);
        var sibling = cloud.Storage.GetBucket(bucket.Name).GetService<IBucketVersions>()!;
        cloud.Faults.Add(new OssFault(OssFaultKind.None) { Method = "PUT", Target = $"/{Key}", Before = () => sibling.SetVersioningAsync(VersioningState.Enabled) });
        cloud.Faults.Add(new OssFault(OssFaultKind.Refuse) { Method = "DELETE", Status = 403, Code = "AccessDenied" });

        var error = await Should.ThrowAsync<CloudException>(() => bucket.PutTextAsync(Key, "mine", MustNotExist));

        (error.Code, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unsupported, true));
        error.Message.ShouldContain((await bucket.GetInfoAsync(Key)).VersionId!);
    }

    [Fact]
    public async Task Complete_ReplyLostUnderVersioning_IsNotTakenForASuccess()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        var bucket = await cloud.CreateBucketAsync();
        await PrepareAsync(bucket);
        var sibling = cloud.Storage.GetBucket(bucket.Name).GetService<IBucketVersions>()!;
        cloud.Faults.Add(new OssFault(OssFaultKind.DropReply)
        {
            Method = "POST",
            Target = $"/{Key}?uploadId",
            Before = async () =>
            {
                await cloud.Storage.GetBucket(bucket.Name).PutTextAsync(Key, "theirs");
                await sibling.SetVersioningAsync(VersioningState.Enabled);
            },
        });

        var error = await Should.ThrowAsync<CloudException>(() => WriteAsync(bucket, "multipart"));

        (error.Code, error.MayHaveTakenEffect).ShouldBe((CloudErrorCode.Unsupported, true));
    }

    [Fact]
    public async Task Capabilities_CredentialsMayNotAsk_LackIfAbsentAndNothingElse()
    {
        await using var cloud = await OssTestCloud.StartAsync();
        await cloud.CreateBucketAsync();
        cloud.Faults.Add(new OssFault(OssFaultKind.Refuse) { Target = "?versioning", Status = 403, Code = "AccessDenied", Times = 100 });
        var bucket = cloud.Storage.GetBucket("bucket-1");

        await bucket.PutTextAsync(Key, "x");

        ((await bucket.GetCapabilitiesAsync(default)).Features & IfAbsent).ShouldBe(BucketFeatures.None);
        (await bucket.GetTextAsync(Key)).ShouldBe("x");
    }

    [Fact]
    public async Task Write_ProbeIsOld_AsksAgain()
    {
        var clock = new ShiftedClock();
        await using var cloud = await OssTestCloud.StartAsync(configure: services => services.AddSingleton<TimeProvider>(clock));
        var bucket = await cloud.CreateBucketAsync();
        await bucket.PutTextAsync("first", "x", MustNotExist);
        var sibling = cloud.Storage.GetBucket(bucket.Name).GetService<IBucketVersions>()!;
        await sibling.SetVersioningAsync(VersioningState.Enabled);
        cloud.Faults.Clear();

        clock.Shift = TimeSpan.FromMinutes(2);
        (await Should.ThrowAsync<CloudException>(() => bucket.PutTextAsync("second", "x", MustNotExist))).Message.ShouldContain("Nothing was written");

        cloud.Faults.Requests.ShouldBe([$"GET /{bucket.Name}/?versioning"]);
    }

    private static async Task PrepareAsync(IBucket bucket)
    {
        await bucket.PutTextAsync("source", "mine");
        await bucket.PutTextAsync("probe", "x", MustNotExist);
    }

    private static Task<PutResult> WriteAsync(IBucket bucket, string way) => way switch
    {
        "put" => bucket.PutTextAsync(Key, "mine", MustNotExist),
        "copy" => bucket.CopyAsync(new ObjectReference(bucket, "source"), Key, new CopyOptions { Condition = WriteCondition.MustNotExist }),
        _ => UploadAsync(bucket),
    };

    private static async Task<PutResult> UploadAsync(IBucket bucket)
    {
        await using var writer = bucket.OpenWrite(Key, MustNotExist with { PartSizeBytes = 128 * 1024 });
        await writer.WriteAsync(new byte[300 * 1024]);
        return await writer.CommitAsync();
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
