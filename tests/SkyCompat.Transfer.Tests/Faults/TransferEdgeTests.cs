using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Faults;

/// <summary>Corners where two things meet: a fallback and the limit, a crash and a journal, a link and a key.</summary>
public sealed class TransferEdgeTests
{
    private static CancellationToken Token => TransferWorld.Token;

    [Fact]
    public async Task RunAsync_CopyThatFallsBackToPartsWithOneSlot_Ends()
    {
        var faults = new FaultPlan();
        await using var world = new TransferWorld(faultsOfA: faults);
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("a", "second");
        await a.PutAsync("large", TransferWorld.Bytes(33 << 20), cancellationToken: Token);
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Copy });
        var report = await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Options = new TransferOptions { MaxConcurrency = 1 } }, cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        report.Routes.ShouldBe(new Dictionary<TransferRoute, long> { [TransferRoute.Pipe] = 1 });
    }

    [Fact]
    public async Task RunAsync_ManyCopiesThatFallBackToParts_End()
    {
        var faults = new FaultPlan();
        await using var world = new TransferWorld(faultsOfA: faults);
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("a", "second");
        for (var i = 0; i < 20; i++)
        {
            await a.PutAsync(FormattableString.Invariant($"large{i}"), TransferWorld.Bytes(17 << 20), cancellationToken: Token);
        }

        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Copy });
        var report = await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b) }, cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        report.Copied.ShouldBe(20);
    }

    [Fact]
    public async Task RunAsync_DiedBetweenCompletingAndTheJournal_GoesOn()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        await a.PutAsync("large", TransferWorld.Bytes(33 << 20), cancellationToken: Token);
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(new DyingBucket(b)), Options = new TransferOptions { JournalPath = Path.Combine(world.Root, "journal") } };
        (await world.Transfers.RunAsync(request, cancellationToken: Token)).Failed.ShouldBe(1);
        (await b.ExistsAsync("large", Token)).ShouldBeTrue();
        var report = await world.Transfers.RunAsync(request with { Destination = TransferLocation.FromPrefix(b) }, cancellationToken: Token);
        report.Failures.Select(f => f.Error!.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_CancelledWhileAnUploadIsCreated_LeavesNone()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        await a.PutAsync("large", TransferWorld.Bytes(33 << 20), cancellationToken: Token);
        using var stop = new CancellationTokenSource();
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(new DyingBucket(b, stop)) };
        await Should.ThrowAsync<OperationCanceledException>(world.Transfers.RunAsync(request, cancellationToken: stop.Token));
        (await b.GetService<IMultipartUploads>()!.ListUploadsAsync(cancellationToken: Token).CountAsync(Token)).ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_ImpossibleTimeOfOneObject_DoesNotEndTheTransfer()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        await a.PutAsync("odd", TransferWorld.Bytes(10), new PutOptions { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["mtime"] = "-70000000000" } }, Token);
        await a.PutAsync("plain", TransferWorld.Bytes(10), cancellationToken: Token);
        var report = await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b) }, cancellationToken: Token);
        report.Copied.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_NameThatTheDestinationCannotHold_IsRefusedAlone()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        var name = new string('x', 1000);
        await a.PutAsync(name, TransferWorld.Bytes(10), cancellationToken: Token);
        await a.PutAsync("plain", TransferWorld.Bytes(10), cancellationToken: Token);
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b, new string('p', 100)), Names = ((string[])[name, "plain"]).ToAsyncEnumerable(), Mode = TransferMode.Sync };
        var report = await world.Transfers.RunAsync(request, cancellationToken: Token);
        (report.Copied, report.Failed).ShouldBe((1, 1));
    }

    [Fact]
    public async Task RunAsync_ExtraNamedByThePrefixItself_IsDeleted()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        await a.PutAsync("x", TransferWorld.Bytes(10), cancellationToken: Token);
        await b.PutAsync("p", TransferWorld.Bytes(10), cancellationToken: Token);
        var report = await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b, "p"), Mode = TransferMode.Mirror, Options = new TransferOptions { DeleteExtra = true } }, cancellationToken: Token);
        report.Deleted.ShouldBe(1);
    }

    [Fact]
    public async Task OutlineAsync_ReversedSet_IsInvalidArgument()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        (await Should.ThrowAsync<CloudException>(world.Transfers.OutlineAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Filter = new TransferFilter { Include = ["[z-a]"] } }, Token))).Code.ShouldBe(CloudErrorCode.InvalidArgument);
    }

    [Fact]
    public async Task OutlineAsync_PriceFileWithoutLists_IsInvalidArgument()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("skycompat-prices-").FullName, "prices.json");
        await File.WriteAllTextAsync(path, """{ "AsOf": "2026-01-01" }""", Token);
        await using var world = new TransferWorld(settings => settings["SkyCompat:Transfer:PricesPath"] = path);
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(await world.CreateBucketAsync("a", "first")), Destination = TransferLocation.FromPrefix(await world.CreateBucketAsync("b", "first")) };
        (await Should.ThrowAsync<CloudException>(world.Transfers.OutlineAsync(request, Token))).Code.ShouldBe(CloudErrorCode.InvalidArgument);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task RunAsync_OneStoreUnderTwoNames_OverlapIsSeen()
    {
        string? root = null;
        await using var world = new TransferWorld(settings =>
        {
            root = settings["SkyCompat:Clouds:a:Local:Root"];
            settings["SkyCompat:Clouds:c:Provider"] = "Local";
            settings["SkyCompat:Clouds:c:Local:Root"] = root;
        });
        var a = await world.CreateBucketAsync("a", "first");
        var c = world.Sky.GetCloud("c").Storage.GetBucket("first");
        await a.PutAsync("x", TransferWorld.Bytes(10), cancellationToken: Token);
        (await Should.ThrowAsync<CloudException>(world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a, "x"), Destination = TransferLocation.FromPrefix(c), Mode = TransferMode.Mirror, Options = new TransferOptions { DeleteExtra = true } }, cancellationToken: Token))).Code.ShouldBe(CloudErrorCode.InvalidArgument);
    }

    [Fact]
    public async Task RunAsync_LinkInTheDestinationFolder_IsNotFollowed()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        await a.PutAsync("link/evil", TransferWorld.Bytes(10), cancellationToken: Token);
        var (folder, outside) = (world.Folder("dst"), world.Folder("outside"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "link"), outside);
        await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromFolder(folder), Mode = TransferMode.Sync }, cancellationToken: Token);
        File.Exists(Path.Combine(outside, "evil")).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_UploadOfASourceThatIsGone_IsDroppedWhenTheJournalFinishes()
    {
        var faults = new FaultPlan();
        await using var world = new TransferWorld(faultsOfA: faults);
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        await a.PutAsync("large", TransferWorld.Bytes(33 << 20), cancellationToken: Token);
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Options = new TransferOptions { JournalPath = Path.Combine(world.Root, "journal"), MaxConcurrency = 1 } };
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Get, FromCall = 2, MaxInjections = 1 });
        (await world.Transfers.RunAsync(request, cancellationToken: Token)).Failed.ShouldBe(1);
        await a.DeleteAsync("large", cancellationToken: Token);
        (await world.Transfers.RunAsync(request, cancellationToken: Token)).Failed.ShouldBe(0);
        (await b.GetService<IMultipartUploads>()!.ListUploadsAsync(cancellationToken: Token).CountAsync(Token)).ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_FolderToFolderWithoutTimes_SyncsToNothing()
    {
        await using var world = new TransferWorld();
        var (from, to) = (world.Folder("from"), world.Folder("to"));
        await File.WriteAllTextAsync(Path.Combine(from, "f"), "x", Token);
        File.SetLastWriteTimeUtc(Path.Combine(from, "f"), DateTime.UtcNow.AddDays(-1));
        var request = new TransferRequest { Source = TransferLocation.FromFolder(from), Destination = TransferLocation.FromFolder(to), Mode = TransferMode.Sync, Options = new TransferOptions { IncludeModifiedTime = false } };
        await world.Transfers.RunAsync(request, cancellationToken: Token);
        (await world.Transfers.RunAsync(request, cancellationToken: Token)).Copied.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_TagsThatAreNotWanted_AreNotCopiedInsideAStore()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("a", "second");
        await a.PutAsync("x", TransferWorld.Bytes(10), new PutOptions { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "v" }, Tier = StorageTier.Infrequent }, Token);
        await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Options = new TransferOptions { IncludeTags = false, IncludeTier = false } }, cancellationToken: Token);
        ((await b.GetService<IObjectTags>()!.GetTagsAsync("x", Token)).Count, (await b.GetInfoAsync("x", Token)).Tier).ShouldBe((0, StorageTier.Standard));
    }

    [Fact]
    public async Task PlanAsync_ObjectThatCannotBeLookedAt_IsRefusedAlone()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        foreach (var key in (string[])["1", "2"])
        {
            await a.PutAsync(key, TransferWorld.Bytes(10), cancellationToken: Token);
            await b.PutAsync(key, TransferWorld.Bytes(10), cancellationToken: Token);
        }

        var request = new TransferRequest { Source = TransferLocation.FromPrefix(new ChangingBucket(a)), Destination = TransferLocation.FromPrefix(b), Mode = TransferMode.Sync, Options = new TransferOptions { Comparison = TransferComparison.Content } };
        (await world.Transfers.PlanAsync(request, Token).CountAsync(Token)).ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_PullThatFallsBackUnderAJournal_LeavesNoUpload()
    {
        await using var servers = new TestServers();
        var (source, target) = (await servers.CreateBucketAsync("ceph"), await servers.CreateBucketAsync("azurite"));
        await source.PutAsync("large", TransferWorld.Bytes(20 << 20), cancellationToken: Token);
        var journal = Path.Combine(servers.Root, "journal");
        var report = await servers.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(source), Destination = TransferLocation.FromPrefix(new BlindBucket(target)), Options = new TransferOptions { JournalPath = journal } }, cancellationToken: Token);
        report.Failures.ShouldBeEmpty();
        var left = await target.GetService<IMultipartUploads>()!.ListUploadsAsync(cancellationToken: Token).CountAsync(Token);
        left.ShouldBe(0);
    }

    private sealed class BlindBucket(IBucket inner) : DelegatingBucket(inner)
    {
        public override object? GetService(Type serviceType) => serviceType == typeof(IPartPulls) ? new BlindPulls() : Inner.GetService(serviceType);
    }

    private sealed class BlindPulls : IPartPulls
    {
        public Task<UploadedPart> PullPartAsync(MultipartUpload upload, int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken = default) =>
            throw new CloudException(CloudErrorCode.PermissionDenied, "cannot read");
    }

    private sealed class ChangingBucket(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions? options = null, CancellationToken cancellationToken = default) =>
            key == "1" ? throw new CloudException(CloudErrorCode.PermissionDenied, "no") : base.TryGetInfoAsync(key, options, cancellationToken);
    }

    private sealed class DyingBucket(IBucket inner, CancellationTokenSource? stop = null) : DelegatingBucket(inner)
    {
        public override object? GetService(Type serviceType) =>
            serviceType == typeof(IMultipartUploads) ? new DyingUploads(Inner.GetService<IMultipartUploads>()!, stop) : Inner.GetService(serviceType);
    }

    private sealed class DyingUploads(IMultipartUploads inner, CancellationTokenSource? stop) : IMultipartUploads
    {
        public async Task<MultipartUpload> CreateAsync(string key, PutOptions? options = null, CancellationToken cancellationToken = default)
        {
            var upload = await inner.CreateAsync(key, options, cancellationToken);
            stop?.Cancel();
            return upload;
        }

        public Task<UploadedPart> PutPartAsync(MultipartUpload upload, int number, ObjectBody body, CancellationToken cancellationToken = default) => inner.PutPartAsync(upload, number, body, cancellationToken);

        public async Task<PutResult> CompleteAsync(MultipartUpload upload, IReadOnlyCollection<UploadedPart> parts, PutOptions? options = null, CancellationToken cancellationToken = default)
        {
            await inner.CompleteAsync(upload, parts, options, cancellationToken);
            throw new CloudException(CloudErrorCode.PermissionDenied, "died");
        }

        public Task AbortAsync(MultipartUpload upload, CancellationToken cancellationToken = default) => inner.AbortAsync(upload, cancellationToken);

        public IAsyncEnumerable<UploadedPart> ListPartsAsync(MultipartUpload upload, CancellationToken cancellationToken = default) => inner.ListPartsAsync(upload, cancellationToken);

        public IAsyncEnumerable<MultipartUpload> ListUploadsAsync(string? prefix = null, CancellationToken cancellationToken = default) => inner.ListUploadsAsync(prefix, cancellationToken);
    }
}
