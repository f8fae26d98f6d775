using System.IO.Compression;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Emulators.GoogleStorage;
using SkyCompat.ObjectStorage;
using Reasons = SkyCompat.ObjectStorage.ObjectStorageErrorReasons;

namespace SkyCompat.Providers.Tests.Google;

/// <summary>Faults of a store that is really there, and what the engine and the adapter make of them together.</summary>
public sealed class GoogleServerTests : IAsyncLifetime
{
    private const int Large = 20 << 20;

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;
    private GcsEmulator? _emulator;
    private ServiceProvider? _services;
    private IBucket? _bucket;

    private GcsEmulator Emulator => _emulator!;

    private IBucket Bucket => _bucket!;

    private IObjectStorage Storage => _services!.GetRequiredService<ISky>().GetCloud("gcs").Storage;

    public async ValueTask InitializeAsync()
    {
        _emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions { RewriteBytesPerCall = 1 << 20 });
        _services = Connect(Emulator.ServiceAccountJson);
        await Storage.CreateBucketAsync("faults-1", null, _stop);
        _bucket = Storage.GetBucket("faults-1");
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _emulator!.DisposeAsync();
    }

    [Fact]
    public async Task GzipObject_IsReadRaw_WholeAndInRanges()
    {
        var raw = Compress(new string('a', 100_000));
        await Bucket.PutAsync("page.html", raw, new PutOptions { Headers = new ContentHeaders { ContentType = "text/html", ContentEncoding = "gzip" } }, _stop);

        (await Bucket.GetBytesAsync("page.html", null, _stop)).ShouldBe(raw);
        (await Bucket.GetBytesAsync("page.html", new GetOptions { Range = ByteRange.Slice(10, 20) }, _stop)).ShouldBe(raw[10..30]);
        (await Bucket.GetBytesAsync("page.html", new GetOptions { Range = ByteRange.Suffix(8) }, _stop)).ShouldBe(raw[^8..]);
        await using var content = await Bucket.GetAsync("page.html", null, _stop);
        (content.Length, content.Info.Size, content.Info.Headers.ContentEncoding).ShouldBe((raw.Length, raw.Length, "gzip"));
    }

    public static TheoryData<GcsFault> FaultsOfASession { get; } =
    [
        new GcsFault { Operation = "storage.objects.insert", Persist = 1 << 20 },
        new GcsFault { Operation = "storage.objects.insert", Persist = 1 << 20, Times = 3 },
        new GcsFault { Operation = "storage.objects.insert", Skip = 1, LosesSession = true },
        new GcsFault { Operation = "storage.objects.insert", Skip = 1, Drop = true },
        new GcsFault { Operation = "storage.objects.insert", Skip = 1, Drop = true, CarryOut = true },
        new GcsFault { Operation = "storage.objects.insert", Skip = 1, Status = 503 },
        new GcsFault { Operation = "storage.objects.insert", Status = 503 },
    ];

    [Theory]
    [MemberData(nameof(FaultsOfASession))]
    public async Task LargePut_SessionFails_IsStoredOnceAndWhole(GcsFault fault)
    {
        var bytes = Bytes(Large);
        Emulator.Faults.Add(fault);

        var result = await Bucket.PutAsync("large", new UnknownLength(bytes), new PutOptions { PartSizeBytes = 32 << 20, Condition = WriteCondition.MustNotExist }, _stop);

        (await Bucket.GetInfoAsync("large", _stop)).Tag.ShouldBe(result.Tag);
        (await Bucket.GetBytesAsync("large", null, _stop)).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("storage.objects.insert", false)]
    [InlineData("storage.objects.rewrite", true)]
    public async Task ConditionalWrite_ReplyIsLost_IsNoFalseConflict(string operation, bool large)
    {
        var bytes = Bytes(large ? Large : 1000);
        Emulator.Faults.Add(new GcsFault { Operation = operation, Drop = true, CarryOut = true });

        var result = await Bucket.PutAsync("once", bytes, new PutOptions { Condition = WriteCondition.MustNotExist }, _stop);

        (await Bucket.GetInfoAsync("once", _stop)).Tag.ShouldBe(result.Tag);
        (await Bucket.GetBytesAsync("once", null, _stop)).ShouldBe(bytes);
    }

    [Fact]
    public async Task ConditionalUploadInParts_Refused_LeavesNothingBehind()
    {
        await Bucket.PutTextAsync("taken", "old", null, _stop);

        var error = await Should.ThrowAsync<CloudException>(() => Bucket.PutAsync("taken", Bytes(Large), new PutOptions { Condition = WriteCondition.MustNotExist }, _stop));

        error.Code.ShouldBe(CloudErrorCode.AlreadyExists);
        (await Bucket.GetTextAsync("taken", _stop)).ShouldBe("old");
        var left = await Bucket.GetRequiredService<IBucketVersions>().ListVersionsPageAsync(null, _stop);
        left.Entries.Select(entry => entry.Key).ShouldBe(["taken"]);
        (await Bucket.GetRequiredService<IMultipartUploads>().ListUploadsAsync(null, _stop).CountAsync(_stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Read_GenerationChangedMidway_IsObjectChanged()
    {
        await Bucket.PutAsync("moving", Bytes(Large), null, _stop);
        await using var content = await Bucket.GetAsync("moving", new GetOptions { Concurrency = 2, PartSizeBytes = 1 << 20 }, _stop);
        var body = content.AsStream();
        await body.ReadExactlyAsync(new byte[100], _stop);
        await Bucket.PutAsync("moving", Bytes(Large, 2), null, _stop);

        var error = await Should.ThrowAsync<CloudException>(() => body.CopyToAsync(Stream.Null, _stop));

        error.Reason.ShouldBe(Reasons.ObjectChanged);
    }

    [Fact]
    public async Task Read_ConnectionBreaksMidway_GoesOn()
    {
        var bytes = Bytes(Large);
        await Bucket.PutAsync("cut", bytes, null, _stop);
        Emulator.Faults.Add(new GcsFault { Operation = "storage.objects.get", CutAfter = 3 << 20, Times = 2 });

        (await Bucket.GetBytesAsync("cut", null, _stop)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Copy_OfManySteps_IsWhole()
    {
        var bytes = Bytes(Large);
        await Bucket.PutAsync("from", bytes, new PutOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "ä" } }, _stop);

        await Bucket.CopyAsync("from", "to", new CopyOptions { Tier = StorageTier.Infrequent }, _stop);

        (await Bucket.GetBytesAsync("to", null, _stop)).ShouldBe(bytes);
        var info = await Bucket.GetInfoAsync("to", _stop);
        (info.Tier, info.Metadata["k"]).ShouldBe((StorageTier.Infrequent, "ä"));
    }

    [Fact]
    public async Task RateLimit_WithRetryAfter_IsWaitedFor()
    {
        Emulator.Faults.Add(new GcsFault { Operation = "storage.objects.insert", Status = 429, Reason = "rateLimitExceeded", RetryAfterSeconds = 0, Times = 2 });

        await Bucket.PutTextAsync("busy", "done", null, _stop);

        (await Bucket.GetTextAsync("busy", _stop)).ShouldBe("done");
    }

    [Fact]
    public async Task ProxyPage_InBetween_IsRetriedWhereItSaysThatItCannotReachTheStore()
    {
        Emulator.Faults.Add(new GcsFault { Status = 502, AsHtml = true });

        await Bucket.PutTextAsync("behind", "done", null, _stop);

        (await Bucket.GetTextAsync("behind", _stop)).ShouldBe("done");
    }

    [Fact]
    public async Task Credentials_OfNobodyKnown_AreUnauthenticated()
    {
        await using var stranger = await GcsEmulator.StartAsync(new GcsEmulatorOptions());
        await using var services = Connect(stranger.ServiceAccountJson);

        var error = await Should.ThrowAsync<CloudException>(() => services.GetRequiredService<ISky>().GetCloud("gcs").Storage.GetBucket("faults-1").GetInfoAsync("key", _stop));

        error.Code.ShouldBe(CloudErrorCode.Unauthenticated);
    }

    private static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Compress(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }

    private ServiceProvider Connect(string credentials)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:gcs:Provider"] = "Google",
            ["SkyCompat:Clouds:gcs:Google:Endpoint"] = Emulator.Endpoint.GetLeftPart(UriPartial.Authority),
            ["SkyCompat:Clouds:gcs:Google:CredentialsJson"] = credentials,
            ["SkyCompat:Clouds:gcs:Resilience:BaseDelay"] = "00:00:00.001",
        }).Build();
        var services = new ServiceCollection();
        services.AddSkyCompat(configuration.GetSection("SkyCompat")).AddGoogle();
        return services.BuildServiceProvider();
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanSeek => false;
    }
}
