using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Running;

/// <summary>What transfers do, through the public API.</summary>
public sealed class TransferTests : IAsyncDisposable
{
    private readonly TransferWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task RunAsync_PrefixBetweenClouds_CopiesBytesHeadersMetadataTagsAndTime()
    {
        var (a, b) = await CreateAsync();
        var options = new PutOptions
        {
            Headers = new ContentHeaders { ContentType = "text/plain", CacheControl = "no-cache", ContentLanguage = "de" },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["colour"] = "grün" },
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "sky" },
        };
        await a.PutAsync("in/one.txt", TransferWorld.Bytes(10), options, TransferWorld.Token);
        await a.PutAsync("in/deep/two.txt", TransferWorld.Bytes(1 << 20, 2), options, TransferWorld.Token);
        await a.PutAsync("in/empty", ObjectBody.Empty, cancellationToken: TransferWorld.Token);
        await a.PutAsync("other", TransferWorld.Bytes(10), cancellationToken: TransferWorld.Token);

        var report = await RunAsync(TransferLocation.FromPrefix(a, "in/"), TransferLocation.FromPrefix(b, "out/"));

        report.Copied.ShouldBe(3);
        report.Failed.ShouldBe(0);
        report.Verified.ShouldBe(new Dictionary<TransferVerification, long> { [TransferVerification.EndToEnd] = 3 });
        report.Routes.ShouldBe(new Dictionary<TransferRoute, long> { [TransferRoute.Pipe] = 3 });
        report.Cost.Bytes.ShouldBe(10 + (1 << 20));
        report.Cost.Amount.ShouldBe(0);
        (await TransferWorld.ReadAsync(b)).ShouldBe(await PrefixedAsync(a, "in/", "out/"));
        var info = await b.GetInfoAsync("out/one.txt", TransferWorld.Token);
        info.Headers.ShouldBe(options.Headers);
        info.Metadata["colour"].ShouldBe("grün");
        var original = await a.GetInfoAsync("in/one.txt", TransferWorld.Token);
        info.Metadata["mtime"].ShouldBe(((original.LastModified - DateTimeOffset.UnixEpoch).Ticks / 10_000_000m).ToString("0.#######", System.Globalization.CultureInfo.InvariantCulture));
        (await b.GetService<IObjectTags>()!.GetTagsAsync("out/one.txt", TransferWorld.Token)).ShouldBe(options.Tags);
    }

    [Fact]
    public async Task RunAsync_LargeObject_GoesInPartsAndIsVerifiedEndToEnd()
    {
        var (a, b) = await CreateAsync();
        var content = TransferWorld.Bytes((40 << 20) + 12345);
        await a.PutAsync("large", content, cancellationToken: TransferWorld.Token);
        var observer = new RecordingObserver();
        var report = await RunAsync(TransferLocation.FromObject(a, "large"), TransferLocation.FromObject(b, "copy"), observer: observer);
        report.Copied.ShouldBe(1);
        observer.Results["large"].Verification.ShouldBe(TransferVerification.EndToEnd);
        observer.Last!.MovedBytes.ShouldBe(content.Length);
        (await b.GetBytesAsync("copy", cancellationToken: TransferWorld.Token)).ShouldBe(content);
    }

    [Fact]
    public async Task RunAsync_InsideOneStore_MovesNoBytesThroughTheProcess()
    {
        var (a, _) = await CreateAsync();
        var second = await _world.CreateBucketAsync("a", "second");
        await a.PutAsync("large", TransferWorld.Bytes(20 << 20), cancellationToken: TransferWorld.Token);
        await a.PutAsync("small", TransferWorld.Bytes(10), cancellationToken: TransferWorld.Token);
        using var traffic = new TrafficMeter(_world.Meters);
        var report = await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(second));
        report.Routes.ShouldBe(new Dictionary<TransferRoute, long> { [TransferRoute.ServerSideCopy] = 2 });
        report.Cost.ProcessBytes.ShouldBe(0);
        traffic.Bytes.ShouldBe(0);
        (await TransferWorld.ReadAsync(second)).ShouldBe(await TransferWorld.ReadAsync(a));
    }

    [Fact]
    public async Task RunAsync_FolderToBucketAndBack_KeepsNamesBytesAndTimes()
    {
        var (a, _) = await CreateAsync();
        var folder = _world.Folder("src");
        var time = new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        Write(folder, "a.txt", TransferWorld.Bytes(100), time);
        Write(folder, "a/b.json", TransferWorld.Bytes(200), time);
        Write(folder, "a/b/ü c", TransferWorld.Bytes(20 << 20), time);
        Write(folder, "empty", [], time);
        var up = await RunAsync(TransferLocation.FromFolder(folder), TransferLocation.FromPrefix(a, "backup/"));
        up.Copied.ShouldBe(4);
        (await a.GetInfoAsync("backup/a/b.json", TransferWorld.Token)).Headers.ContentType.ShouldBe("application/json");

        var back = Path.Combine(_world.Root, "back");
        var down = await RunAsync(TransferLocation.FromPrefix(a, "backup/"), TransferLocation.FromFolder(back));
        down.Copied.ShouldBe(4);
        TransferWorld.ReadFolder(back).ShouldBe(TransferWorld.ReadFolder(folder));
        File.GetLastWriteTimeUtc(Path.Combine(back, "a", "b.json")).ShouldBe(time);
        Directory.Exists(Path.Combine(back, ".skycompat-transfer")).ShouldBeFalse();

        // Nothing has changed, so a sync moves nothing, in either direction.
        (await RunAsync(TransferLocation.FromPrefix(a, "backup/"), TransferLocation.FromFolder(back), TransferMode.Sync)).Copied.ShouldBe(0);
        (await RunAsync(TransferLocation.FromFolder(folder), TransferLocation.FromPrefix(a, "backup/"), TransferMode.Sync)).Copied.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_Sync_CopiesWhatIsMissingOrDiffersAndDeletesNothing()
    {
        var (a, b) = await CreateAsync();
        await b.PutTextAsync("same", "same");
        await b.PutTextAsync("size", "short");
        await b.PutTextAsync("extra", "extra");
        await a.PutTextAsync("size", "longer");
        await a.PutTextAsync("missing", "missing");
        await a.PutTextAsync("same", "same");
        await b.PutTextAsync("same", "same");
        var observer = new RecordingObserver();
        var report = await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), TransferMode.Sync, observer: observer);
        report.Copied.ShouldBe(2);
        report.Skipped.ShouldBe(1);
        report.Deleted.ShouldBe(0);
        observer.Results["same"].Reason.ShouldNotBeNull();
        (await b.GetTextAsync("size", TransferWorld.Token)).ShouldBe("longer");
        (await b.ExistsAsync("extra", TransferWorld.Token)).ShouldBeTrue();
        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), TransferMode.Sync)).Copied.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_SyncByContent_FindsWhatSizeAndTimeHide()
    {
        var (a, b) = await CreateAsync();
        await a.PutTextAsync("key", "left");
        await b.PutTextAsync("key", "rght");
        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), TransferMode.Sync)).Copied.ShouldBe(0);
        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), TransferMode.Sync, new TransferOptions { Comparison = TransferComparison.Content })).Copied.ShouldBe(1);
        (await b.GetTextAsync("key", TransferWorld.Token)).ShouldBe("left");
    }

    [Fact]
    public async Task RunAsync_Mirror_DeletesOnlyWhenAskedAndWithinItsLimit()
    {
        var (a, b) = await CreateAsync();
        await a.PutTextAsync("keep", "1");
        await b.PutTextAsync("extra-1", "1");
        await b.PutTextAsync("extra-2", "1");
        await b.PutTextAsync("excluded.tmp", "1");
        var filter = new TransferFilter { Exclude = ["*.tmp"] };
        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), TransferMode.Mirror, filter: filter)).Deleted.ShouldBe(0);

        var failure = await Should.ThrowAsync<CloudException>(
            RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), TransferMode.Mirror, new TransferOptions { DeleteExtra = true, MaxDeletes = 1 }, filter));
        failure.Code.ShouldBe(CloudErrorCode.PreconditionFailed);
        failure.Message.ShouldContain("2 objects");
        (await b.ExistsAsync("extra-1", TransferWorld.Token)).ShouldBeTrue();

        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), TransferMode.Mirror, new TransferOptions { DeleteExtra = true, MaxDeletes = 2 }, filter)).Deleted.ShouldBe(2);
        (await TransferWorld.ReadAsync(b)).Keys.ShouldBe(["excluded.tmp", "keep"]);
    }

    [Fact]
    public async Task RunAsync_MirrorWithAFailure_DeletesNothing()
    {
        var (a, _) = await CreateAsync();
        var folder = _world.Folder("mirror");
        Write(folder, "extra", [1], DateTime.UtcNow);
        await a.PutTextAsync("good", "1");
        await a.PutTextAsync("bad/../name", "1").ShouldThrowAsync<CloudException>();
        var verbatim = new TransferWorld(settings => settings["SkyCompat:Clouds:a:KeyPolicy"] = "Verbatim");
        await using var lifetime = verbatim;
        var odd = await verbatim.CreateBucketAsync("a", "odd");
        await odd.PutTextAsync("good", "1");
        await odd.PutTextAsync("bad/../name", "1");
        var report = await verbatim.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(odd), Destination = TransferLocation.FromFolder(folder), Mode = TransferMode.Mirror, Options = new TransferOptions { DeleteExtra = true } },
            cancellationToken: TransferWorld.Token);
        report.Failed.ShouldBe(1);
        report.Deleted.ShouldBe(0);
        report.Failures[0].Name.ShouldBe("bad/../name");
        report.Failures[0].Error!.Reason.ShouldBe(ObjectStorageErrorReasons.InvalidKey);
        TransferWorld.ReadFolder(folder).Keys.ShouldBe(["extra", "good"]);
        File.Exists(Path.Combine(_world.Root, "name")).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_FilterBySizeAgeAndName_TakesOnlyWhatMatches()
    {
        var (a, b) = await CreateAsync();
        await a.PutAsync("small.txt", TransferWorld.Bytes(10), cancellationToken: TransferWorld.Token);
        await a.PutAsync("large.txt", TransferWorld.Bytes(1000), cancellationToken: TransferWorld.Token);
        await a.PutAsync("large.bin", TransferWorld.Bytes(1000), cancellationToken: TransferWorld.Token);
        var filter = new TransferFilter { Include = ["*.txt"], MinBytes = 100, ModifiedSince = DateTimeOffset.UtcNow.AddMinutes(-5) };
        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), filter: filter)).Copied.ShouldBe(1);
        (await TransferWorld.ReadAsync(b)).Keys.ShouldBe(["large.txt"]);
        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), filter: filter with { ModifiedSince = null, ModifiedBefore = DateTimeOffset.UtcNow.AddMinutes(-5) })).Copied.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_Names_CopiesThoseAndReportsTheMissing()
    {
        var (a, b) = await CreateAsync();
        await a.PutTextAsync("in/1", "1");
        await a.PutTextAsync("in/2", "2");
        var report = await _world.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(a, "in/"), Destination = TransferLocation.FromPrefix(b), Names = ((string[])["2", "nowhere"]).ToAsyncEnumerable() },
            cancellationToken: TransferWorld.Token);
        report.Copied.ShouldBe(1);
        report.Failures.Single().Error!.Code.ShouldBe(CloudErrorCode.NotFound);
        (await TransferWorld.ReadAsync(b)).Keys.ShouldBe(["2"]);
    }

    [Fact]
    public async Task RunAsync_OverwriteNever_LeavesWhatIsThere()
    {
        var (a, b) = await CreateAsync();
        await a.PutTextAsync("key", "new");
        await a.PutTextAsync("other", "new");
        await b.PutTextAsync("key", "old");
        var report = await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), options: new TransferOptions { Overwrite = TransferOverwrite.Never });
        report.Copied.ShouldBe(1);
        report.Skipped.ShouldBe(1);
        (await b.GetTextAsync("key", TransferWorld.Token)).ShouldBe("old");

        var folder = _world.Folder("never");
        Write(folder, "key", [1], DateTime.UtcNow);
        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromFolder(folder), options: new TransferOptions { Overwrite = TransferOverwrite.Never })).Skipped.ShouldBe(1);
        File.ReadAllBytes(Path.Combine(folder, "key")).ShouldBe([1]);
    }

    [Fact]
    public async Task RunAsync_OverwriteWhenUnchanged_LosesNoWriteThatHappenedMeanwhile()
    {
        var (a, b) = await CreateAsync();
        await b.PutTextAsync("key", "old");
        await a.PutTextAsync("aaa", "first");
        await a.PutTextAsync("key", "newer");
        var raced = new RecordingObserver();
        var observer = new RacingObserver(raced, () => b.PutTextAsync("key", "written meanwhile").GetAwaiter().GetResult());
        var report = await RunAsync(
            TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), TransferMode.Sync, new TransferOptions { Overwrite = TransferOverwrite.WhenUnchanged, MaxConcurrency = 1 }, observer: observer);
        report.Failed.ShouldBe(1);
        report.Failures[0].Error!.Code.ShouldBe(CloudErrorCode.PreconditionFailed);
        (await b.GetTextAsync("key", TransferWorld.Token)).ShouldBe("written meanwhile");
    }

    [Fact]
    public async Task PlanAsync_IsADryRun_AndSaysWhatWillBeDone()
    {
        var (a, b) = await CreateAsync();
        await a.PutTextAsync("new", "1");
        await a.PutTextAsync("same", "1");
        await b.PutTextAsync("same", "1");
        await b.PutTextAsync("extra", "1");
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Mode = TransferMode.Mirror, Options = new TransferOptions { DeleteExtra = true } };
        var steps = await _world.Transfers.PlanAsync(request, TransferWorld.Token).ToListAsync(TransferWorld.Token);
        steps.Select(step => (step.Name, step.Action)).ShouldBe([("extra", TransferAction.Delete), ("new", TransferAction.Copy), ("same", TransferAction.Skip)]);
        steps.ShouldAllBe(step => step.Reason.Length > 0);
        steps[1].Route.ShouldBe(TransferRoute.Pipe);
        steps[1].Reason.ShouldContain("not on one service");
        steps[1].Cost.ProcessBytes.ShouldBe(1);
        (await TransferWorld.ReadAsync(b)).Keys.ShouldBe(["extra", "same"]);
    }

    [Fact]
    public async Task CompareAsync_ByContent_NamesEveryDifference()
    {
        var (a, b) = await CreateAsync();
        await a.PutTextAsync("content", "left");
        await b.PutTextAsync("content", "rght");
        await a.PutTextAsync("left", "1");
        await b.PutTextAsync("right", "1");
        await a.PutTextAsync("same", "same");
        await b.PutTextAsync("same", "same");
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Options = new TransferOptions { Comparison = TransferComparison.Content } };
        var differences = await _world.Transfers.CompareAsync(request, TransferWorld.Token).ToDictionaryAsync(difference => difference.Name, difference => difference.Kind, StringComparer.Ordinal, cancellationToken: TransferWorld.Token);
        differences.ShouldBe(new Dictionary<string, TransferDifferenceKind>(StringComparer.Ordinal)
        {
            ["content"] = TransferDifferenceKind.Different,
            ["left"] = TransferDifferenceKind.OnlyAtSource,
            ["right"] = TransferDifferenceKind.OnlyAtDestination,
            ["same"] = TransferDifferenceKind.Same,
        });
    }

    [Fact]
    public async Task RunAsync_LinksInAFolder_AreReportedAndNotFollowed()
    {
        var (a, _) = await CreateAsync();
        var folder = _world.Folder("links");
        Write(folder, "file", [1], DateTime.UtcNow);
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/hostname");
        Directory.CreateSymbolicLink(Path.Combine(folder, "loop"), folder);
        var observer = new RecordingObserver();
        var report = await RunAsync(TransferLocation.FromFolder(folder), TransferLocation.FromPrefix(a), observer: observer);
        report.Copied.ShouldBe(1);
        observer.Results["link"].Outcome.ShouldBe(TransferOutcome.Skipped);
        observer.Results["loop"].Reason.ShouldNotBeNull().ShouldContain("link");
    }

    /// <summary>Many objects find the same folder missing and make it at the same time.</summary>
    [Fact]
    public async Task RunAsync_ManyFilesOfNewFolders_AreAllThere()
    {
        var (a, _) = await CreateAsync();
        await Parallel.ForAsync(0, 600, TransferWorld.Token, async (i, token) => await a.PutAsync(FormattableString.Invariant($"{i / 4:d3}/x/y/{i:d4}"), new byte[] { 1 }, cancellationToken: token));
        var folder = Path.Combine(_world.Root, "many");
        (await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromFolder(folder))).Failures.ShouldBeEmpty();
        TransferWorld.ReadFolder(folder).Count.ShouldBe(600);
    }

    [Fact]
    public async Task RunAsync_BandwidthLimit_IsHeld()
    {
        var (a, b) = await CreateAsync();
        await a.PutAsync("key", TransferWorld.Bytes(700_000), cancellationToken: TransferWorld.Token);
        var report = await RunAsync(TransferLocation.FromPrefix(a), TransferLocation.FromPrefix(b), options: new TransferOptions { MaxBytesPerSecond = 1_000_000 });
        report.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(200));
        report.Copied.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_Cancelled_LeavesEveryObjectWhole()
    {
        var (a, b) = await CreateAsync();
        for (var i = 0; i < 50; i++)
        {
            await a.PutAsync(FormattableString.Invariant($"{i:d2}"), TransferWorld.Bytes(10_000, i), cancellationToken: TransferWorld.Token);
        }

        using var stop = new CancellationTokenSource();
        var seen = 0;
        var observer = new RecordingObserver(_ =>
        {
            if (++seen == 10)
            {
                stop.Cancel();
            }
        });
        await Should.ThrowAsync<OperationCanceledException>(_world.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Options = new TransferOptions { MaxConcurrency = 2 } }, observer, stop.Token));
        var source = await TransferWorld.ReadAsync(a);
        var target = await TransferWorld.ReadAsync(b);
        target.Count.ShouldBeInRange(10, 20);
        target.ShouldAllBe(pair => source[pair.Key] == pair.Value);
    }

    private static void Write(string folder, string name, byte[] bytes, DateTime time)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);
    }

    private static async Task<SortedDictionary<string, string>> PrefixedAsync(IBucket bucket, string prefix, string newPrefix)
    {
        var found = await TransferWorld.ReadAsync(bucket, prefix);
        return new SortedDictionary<string, string>(found.ToDictionary(pair => newPrefix + pair.Key, pair => pair.Value, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private async Task<(IBucket A, IBucket B)> CreateAsync() => (await _world.CreateBucketAsync("a", "first"), await _world.CreateBucketAsync("b", "first"));

    private Task<TransferReport> RunAsync(
        TransferLocation source, TransferLocation destination, TransferMode mode = TransferMode.Copy, TransferOptions? options = null, TransferFilter? filter = null, TransferObserver? observer = null) =>
        _world.Transfers.RunAsync(
            new TransferRequest { Source = source, Destination = destination, Mode = mode, Options = options ?? TransferOptions.Default, Filter = filter ?? TransferFilter.All }, observer, TransferWorld.Token);

    private sealed class RacingObserver(TransferObserver inner, Action race) : TransferObserver
    {
        public override void OnObject(TransferResult result)
        {
            if (result.Name == "aaa")
            {
                race();
            }

            inner.OnObject(result);
        }
    }
}
