using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Faults;

/// <summary>What goes wrong on the way, through the public API.</summary>
public sealed class TransferFaultTests
{
    private const int Objects = 60;

    public static TheoryData<FaultKind, FaultOperations, double, int?> Faults => new()
    {
        { FaultKind.Status, FaultOperations.All, 0.5, null },
        { FaultKind.ResetBeforeSend, FaultOperations.All, 0.05, null },
        { FaultKind.ResetAfterSend, FaultOperations.All, 0.05, null },
        { FaultKind.TruncatedBody, FaultOperations.Get, 0.05, null },
        { FaultKind.CorruptedBody, FaultOperations.Get, 1, 2 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task RunAsync_FaultsOnBothSides_EverythingArrivesOnceAndWhole(FaultKind kind, FaultOperations operations, double probability, int? most)
    {
        var rule = new FaultRule { Kind = kind, Operations = operations, Probability = probability, StatusCode = 429, AtByte = 100, FromCall = 10, MaxInjections = most };
        var (faultsOfA, faultsOfB) = (new FaultPlan(1), new FaultPlan(2));
        await using var world = new TransferWorld(settings => settings["SkyCompat:Clouds:a:Resilience:MaxAttempts"] = settings["SkyCompat:Clouds:b:Resilience:MaxAttempts"] = "30", faultsOfA, faultsOfB);
        var (a, b) = await FillAsync(world);
        faultsOfA.Add(rule);
        if (operations is not FaultOperations.Get)
        {
            // Only what is compared at the end is read from there.
            faultsOfB.Add(rule);
        }

        var observer = new RecordingObserver();
        var report = await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b) }, observer, TransferWorld.Token);
        report.Failures.ShouldBeEmpty();
        report.Copied.ShouldBe(Objects + 1);
        report.Verified.Keys.ShouldBe([TransferVerification.EndToEnd]);
        (faultsOfA.Injected + faultsOfB.Injected).ShouldBeGreaterThan(0);
        await AssertSameAsync(world);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("large")]
    public async Task RunAsync_SourceThatArrivesDamagedEachTime_IsReportedAndNeverVisible(string key)
    {
        var faults = new FaultPlan();
        await using var world = new TransferWorld(faultsOfA: faults);
        var (a, b) = await FillAsync(world);
        faults.Add(new FaultRule { Kind = FaultKind.CorruptedBody, Operations = FaultOperations.Get, AtByte = 5 });
        var report = await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromObject(a, key), Destination = TransferLocation.FromPrefix(b) }, cancellationToken: TransferWorld.Token);
        report.Failures.Single().Error!.Reason.ShouldBe(ObjectStorageErrorReasons.ChecksumMismatch);
        (await b.ExistsAsync(key, TransferWorld.Token)).ShouldBeFalse();
        (await b.GetService<IMultipartUploads>()!.ListUploadsAsync(cancellationToken: TransferWorld.Token).AnyAsync(TransferWorld.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_SourceChangedOrDeletedMidway_IsNoticed()
    {
        await using var world = new TransferWorld();
        var (a, b) = await FillAsync(world);
        var observer = new RecordingObserver(result =>
        {
            if (result.Name == "00")
            {
                a.PutTextAsync("58", "newer").GetAwaiter().GetResult();
                a.DeleteAsync("59").GetAwaiter().GetResult();
            }
        });
        var report = await world.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Options = new TransferOptions { MaxConcurrency = 1 } }, observer, TransferWorld.Token);
        report.Copied.ShouldBe(Objects);
        observer.Results["58"].Reason.ShouldNotBeNull().ShouldContain("changed");
        (await b.GetTextAsync("58", TransferWorld.Token)).ShouldBe("newer");
        observer.Results["59"].Error!.Code.ShouldBe(CloudErrorCode.NotFound);
        (await b.ExistsAsync("59", TransferWorld.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_FileChangedWhileItIsRead_IsNotTakenForWhole()
    {
        await using var world = new TransferWorld();
        var b = await world.CreateBucketAsync("b", "first");
        var path = Path.Combine(world.Folder("src"), "file");
        await File.WriteAllBytesAsync(path, TransferWorld.Bytes(40 << 20), TransferWorld.Token);
        var touched = 0;
        var observer = new ProgressObserver(_ =>
        {
            // Each attempt meets another writer.
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(++touched));
        });
        var report = await world.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromFile(path), Destination = TransferLocation.FromPrefix(b), Options = new TransferOptions { MaxBytesPerSecond = 20 << 20, MaxConcurrency = 2 } },
            observer,
            TransferWorld.Token);
        report.Failures.Single().Error!.Reason.ShouldBe(ObjectStorageErrorReasons.ObjectChanged);
        (await b.ExistsAsync("file", TransferWorld.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_DestinationFull_EndsAtOnceAndGoesOnLater()
    {
        await using var world = new TransferWorld();
        var (a, b) = await FillAsync(world);
        var journal = Path.Combine(world.Root, "journal");
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(new FillingBucket(b, room: 20)), Options = new TransferOptions { JournalPath = journal, MaxConcurrency = 4 } };
        var failure = await Should.ThrowAsync<CloudException>(world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token));
        failure.Reason.ShouldBe(ObjectStorageErrorReasons.StorageFull);
        (await TransferWorld.ReadAsync(b)).Count.ShouldBe(20);
        var report = await world.Transfers.RunAsync(request with { Destination = TransferLocation.FromPrefix(b) }, cancellationToken: TransferWorld.Token);
        report.Resumed.ShouldBe(20);
        report.Copied.ShouldBe(Objects + 1 - 20);
        await AssertSameAsync(world);
    }

    [Fact]
    public async Task RunAsync_DestinationReadOnly_EndsAtOnce()
    {
        await using var world = new TransferWorld();
        var (a, b) = await FillAsync(world);
        var failure = await Should.ThrowAsync<CloudException>(
            world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b.AsReadOnly()) }, cancellationToken: TransferWorld.Token));
        failure.Reason.ShouldBe(ObjectStorageErrorReasons.ReadOnly);
        (await TransferWorld.ReadAsync(b)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_BucketMissing_EndsAtOnce()
    {
        await using var world = new TransferWorld();
        var (a, _) = await FillAsync(world);
        var failure = await Should.ThrowAsync<CloudException>(world.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(world.Sky.GetCloud("b").Storage.GetBucket("nowhere")) }, cancellationToken: TransferWorld.Token));
        failure.Reason.ShouldBe(ObjectStorageErrorReasons.BucketNotFound);
    }

    [Fact]
    public async Task RunAsync_TwoAtOnceToTheSamePlace_LeaveWhatEitherWouldHave()
    {
        await using var world = new TransferWorld();
        var (a, b) = await FillAsync(world);
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b) };
        var reports = await Task.WhenAll(world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token), world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token));
        reports.ShouldAllBe(report => report.Failed == 0);
        await AssertSameAsync(world);

        var folder = Path.Combine(world.Root, "folder");
        var down = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromFolder(folder) };
        reports = await Task.WhenAll(world.Transfers.RunAsync(down, cancellationToken: TransferWorld.Token), world.Transfers.RunAsync(down, cancellationToken: TransferWorld.Token));
        reports.ShouldAllBe(report => report.Failed == 0);
        TransferWorld.ReadFolder(folder).ShouldBe(await TransferWorld.ReadAsync(a));
    }

    [Fact]
    public async Task RunAsync_SameJournalTwice_RefusesTheSecond()
    {
        await using var world = new TransferWorld();
        var (a, b) = await FillAsync(world);
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Options = new TransferOptions { JournalPath = Path.Combine(world.Root, "journal") } };
        CloudException? refused = null;
        var observer = new RecordingObserver(_ => refused ??= Should.Throw<CloudException>(() => world.Transfers.RunAsync(request).GetAwaiter().GetResult()));
        await world.Transfers.RunAsync(request, observer, TransferWorld.Token);
        refused.ShouldNotBeNull().Code.ShouldBe(CloudErrorCode.Conflict);
    }

    /// <summary>A source whose clock is ahead is copied again rather than missed; by content it is known to be the same.</summary>
    [Fact]
    public async Task RunAsync_ClocksApart_CopiesAgainRatherThanMissing()
    {
        await using var world = new TransferWorld();
        var b = await world.CreateBucketAsync("b", "first");
        var folder = world.Folder("src");
        var path = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(path, "one", TransferWorld.Token);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(3));
        var request = new TransferRequest { Source = TransferLocation.FromFolder(folder), Destination = TransferLocation.FromPrefix(b), Mode = TransferMode.Sync };
        (await world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token)).Copied.ShouldBe(1);
        (await world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token)).Copied.ShouldBe(1);
        (await world.Transfers.RunAsync(request with { Options = new TransferOptions { Comparison = TransferComparison.Content } }, cancellationToken: TransferWorld.Token)).Copied.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_ObserverThatThrows_EndsTheTransferWithItsError()
    {
        await using var world = new TransferWorld();
        var (a, b) = await FillAsync(world);
        var observer = new RecordingObserver(_ => throw new InvalidOperationException("enough"));
        (await Should.ThrowAsync<InvalidOperationException>(
            world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b) }, observer, TransferWorld.Token))).Message.ShouldBe("enough");
    }

    internal static async Task<(IBucket A, IBucket B)> FillAsync(TransferWorld world)
    {
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        for (var i = 0; i < Objects; i++)
        {
            await a.PutAsync(FormattableString.Invariant($"{i:d2}"), TransferWorld.Bytes(1000 + i, i), cancellationToken: TransferWorld.Token);
        }

        await a.PutAsync("large", TransferWorld.Bytes(33 << 20, 99), cancellationToken: TransferWorld.Token);
        return (a, b);
    }

    private static async Task AssertSameAsync(TransferWorld world) => (await TransferWorld.ReadAsync(world.Sky.GetCloud("b").Storage.GetBucket("first")))
        .ShouldBe(await TransferWorld.ReadAsync(world.Sky.GetCloud("a").Storage.GetBucket("first")));

    private sealed class ProgressObserver(Action<TransferProgress> onProgress) : TransferObserver
    {
        public override void OnProgress(TransferProgress progress) => onProgress(progress);
    }

    /// <summary>Has room for so many objects.</summary>
    private sealed class FillingBucket(IBucket inner, int room) : DelegatingBucket(inner)
    {
        private int _room = room;

        public override async Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            Interlocked.Decrement(ref _room) >= 0
                ? await base.PutAsync(key, body, options, CancellationToken.None)
                : throw new CloudException(CloudErrorCode.QuotaExceeded, "There is no room left.") { Reason = ObjectStorageErrorReasons.StorageFull };
    }
}
