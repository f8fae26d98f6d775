using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

/// <summary>Every fault of the decorator during an up- and a download of 64 MiB, through the public API.</summary>
public sealed class LargeTransferFaultTests : IAsyncDisposable
{
    private const int Size = 64 << 20;
    private const int PartBytes = 8 << 20;
    private const string Key = "large";
    private static readonly byte[] Content = DriverExtensions.Bytes(Size);

    private readonly LocalTestRoot _root = new();
    private readonly FaultPlan _plan = new(seed: 7);
    private readonly ServiceProvider _services;

    public LargeTransferFaultTests()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:local:Provider"] = "Local",
            ["SkyCompat:Clouds:local:Local:Root"] = _root.Path,
            ["SkyCompat:Clouds:local:Local:Durability"] = nameof(LocalDurability.Relaxed),
            ["SkyCompat:Clouds:local:Resilience:BaseDelay"] = "00:00:00.001",
            ["SkyCompat:Clouds:local:Resilience:MaxDelay"] = "00:00:00.010",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddLocal().InjectFaults("local", _plan);
        _services = services.BuildServiceProvider();
    }

    private IObjectStorage Storage => _services.GetRequiredService<IObjectStorage>();

    private IBucket Bucket => Storage.GetBucket("bucket");

    /// <summary>Faults that a retry gets over, in each kind of request of a large upload.</summary>
    public static TheoryData<FaultKind, FaultOperations, int> UploadFaults()
    {
        var rows = new TheoryData<FaultKind, FaultOperations, int>();
        foreach (var operation in (FaultOperations[])[FaultOperations.CreateUpload, FaultOperations.PutPart, FaultOperations.CompleteUpload])
        {
            rows.Add(FaultKind.Latency, operation, 0);
            rows.Add(FaultKind.Status, operation, 500);
            rows.Add(FaultKind.Status, operation, 503);
            rows.Add(FaultKind.Status, operation, 429);
            rows.Add(FaultKind.ResetBeforeSend, operation, 0);
            rows.Add(FaultKind.ResetAfterSend, operation, 0);
        }

        return rows;
    }

    public static TheoryData<FaultKind, int, int> DownloadFaults()
    {
        var rows = new TheoryData<FaultKind, int, int>();
        foreach (var concurrency in (int[])[1, 4])
        {
            rows.Add(FaultKind.Latency, 0, concurrency);
            rows.Add(FaultKind.Status, 500, concurrency);
            rows.Add(FaultKind.Status, 503, concurrency);
            rows.Add(FaultKind.Status, 429, concurrency);
            rows.Add(FaultKind.ResetBeforeSend, 0, concurrency);
            rows.Add(FaultKind.ResetAfterSend, 0, concurrency);
            rows.Add(FaultKind.TruncatedBody, 0, concurrency);
            rows.Add(FaultKind.SlowBody, 0, concurrency);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(UploadFaults))]
    public async Task Upload_FaultThatPasses_StoresTheWholeObjectOnce(FaultKind kind, FaultOperations operation, int status)
    {
        await Storage.CreateBucketAsync("bucket");
        _plan.Add(Fault(kind, status) with { Operations = operation, MaxInjections = 3 });

        var result = await Bucket.PutAsync(Key, Content, new PutOptions { PartSizeBytes = PartBytes, Concurrency = 4 });

        _plan.Injected.ShouldBePositive();
        result.Size.ShouldBe(Size);
        (await Bucket.ListAsync().ToListAsync()).ShouldHaveSingleItem().Key.ShouldBe(Key);
        (await Bucket.GetBytesAsync(Key)).AsSpan().SequenceEqual(Content).ShouldBeTrue();

        // An upload whose creation went unanswered has no identity to drop it by, but it holds no bytes.
        await OnlyEmptyUploadsAreLeftAsync(kind == FaultKind.ResetAfterSend && operation == FaultOperations.CreateUpload ? _plan.Injected : 0);
    }

    [Theory]
    [InlineData(FaultKind.Status, FaultOperations.PutPart, 503, CloudErrorCode.Unavailable)]
    [InlineData(FaultKind.Status, FaultOperations.PutPart, 429, CloudErrorCode.Throttled)]
    [InlineData(FaultKind.ResetBeforeSend, FaultOperations.PutPart, 0, CloudErrorCode.Unavailable)]
    [InlineData(FaultKind.ResetAfterSend, FaultOperations.PutPart, 0, CloudErrorCode.Unavailable)]
    [InlineData(FaultKind.Status, FaultOperations.CompleteUpload, 503, CloudErrorCode.Unavailable)]
    [InlineData(FaultKind.ResetBeforeSend, FaultOperations.CompleteUpload, 0, CloudErrorCode.Unavailable)]
    public async Task Upload_FaultThatStays_FailsAndNothingIsVisible(FaultKind kind, FaultOperations operation, int status, CloudErrorCode code)
    {
        await Storage.CreateBucketAsync("bucket");
        _plan.Add(Fault(kind, status) with { Operations = operation, FromCall = operation == FaultOperations.PutPart ? 4 : 1 });

        var failure = await Should.ThrowAsync<CloudException>(Bucket.PutAsync(Key, Content, new PutOptions { PartSizeBytes = PartBytes, Concurrency = 4 }));

        failure.Code.ShouldBe(code);
        (await Bucket.ListAsync().ToListAsync()).ShouldBeEmpty();
        await OnlyEmptyUploadsAreLeftAsync(0);
    }

    [Theory]
    [MemberData(nameof(DownloadFaults))]
    public async Task Download_FaultThatPasses_GivesEveryByteOnce(FaultKind kind, int status, int concurrency)
    {
        await PutAsync();
        _plan.Add(Fault(kind, status) with { Operations = FaultOperations.Get, MaxInjections = 3 });

        (await DownloadAsync(concurrency)).SequenceEqual(Content).ShouldBeTrue();

        _plan.Injected.ShouldBePositive();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Download_CorruptedBody_IsNoticedAndTheNextReadIsWhole(int concurrency)
    {
        await PutAsync();
        _plan.Add(Fault(FaultKind.CorruptedBody, 0) with { Operations = FaultOperations.Get, MaxInjections = 1 });

        var failure = await Should.ThrowAsync<CloudException>(DownloadAsync(concurrency));

        failure.Code.ShouldBe(CloudErrorCode.DataCorrupted);
        failure.Reason.ShouldBe(ObjectStorageErrorReasons.ChecksumMismatch);
        (await DownloadAsync(concurrency)).SequenceEqual(Content).ShouldBeTrue();
    }

    [Theory]
    [InlineData(FaultKind.Status, 503, CloudErrorCode.Unavailable)]
    [InlineData(FaultKind.ResetBeforeSend, 0, CloudErrorCode.Unavailable)]
    public async Task Download_FaultThatStaysInTheMiddle_FailsWithItsCode(FaultKind kind, int status, CloudErrorCode code)
    {
        await PutAsync();
        _plan.Add(Fault(kind, status) with { Operations = FaultOperations.Get, FromCall = 3 });

        (await Should.ThrowAsync<CloudException>(DownloadAsync(concurrency: 4))).Code.ShouldBe(code);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _root.Dispose();
    }

    private static FaultRule Fault(FaultKind kind, int status) => new()
    {
        Kind = kind,
        StatusCode = status == 0 ? 503 : status,
        RetryAfter = status == 429 ? TimeSpan.FromMilliseconds(2) : null,
        Delay = TimeSpan.FromMilliseconds(2),
        AtByte = PartBytes / 2,
    };

    private async Task PutAsync()
    {
        await Storage.CreateBucketAsync("bucket");
        await Bucket.PutAsync(Key, Content);
    }

    private async Task<byte[]> DownloadAsync(int concurrency)
    {
        await using var content = await Bucket.GetAsync(Key, new GetOptions { Concurrency = concurrency, PartSizeBytes = PartBytes });
        return await content.ReadBytesAsync();
    }

    private async Task OnlyEmptyUploadsAreLeftAsync(int count)
    {
        var multipart = Bucket.GetRequiredService<IMultipartUploads>();
        var uploads = await multipart.ListUploadsAsync().ToListAsync();
        uploads.Count.ShouldBe(count);
        foreach (var upload in uploads)
        {
            (await multipart.ListPartsAsync(upload).ToListAsync()).ShouldBeEmpty();
        }
    }
}
