using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Spreading;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Spreading;

/// <summary>Transfers that several workers carry out, without a cluster.</summary>
public sealed class SpreadTests
{
    private const int Objects = 300;

    private static CancellationToken Token => TransferWorld.Token;

    [Fact]
    public async Task RunOnCluster_SeveralWorkers_EverythingIsThereOnceAndTheJournalGone()
    {
        await using var world = await SpreadWorld.CreateAsync(Objects);
        using var fleet = world.NewFleet();
        var observer = new RecordingObserver();

        var report = await world.RunAsync(fleet, observer: observer);

        report.Copied.ShouldBe(Objects);
        report.Failed.ShouldBe(0);
        report.Cost.Bytes.ShouldBe(Enumerable.Range(0, Objects).Sum(i => 100L + i));
        world.Copied.Count.ShouldBe(Objects);
        world.Copied.Values.ShouldAllBe(count => count == 1);
        (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
        (await world.JournalAsync()).ShouldBeEmpty();
        fleet.IsStopped.ShouldBeTrue();
        observer.Outline.ShouldNotBeNull();
        observer.Last!.CopiedObjects.ShouldBe(Objects);
        observer.Last.FoundObjects.ShouldBe(Objects);
        observer.Last.MovedBytes.ShouldBe(report.Cost.Bytes);
    }

    [Theory]
    [InlineData(BucketFeatures.None)]
    [InlineData(BucketFeatures.ConditionalPut)]
    public async Task RunOnCluster_WorkersKilledAtRandomPoints_EverythingIsThere(BucketFeatures without)
    {
        const int Kills = 12;
        await using var world = await SpreadWorld.CreateAsync(Objects, SpreadWorld.Hasty);
        var random = new Random(20261123);
        var lives = Enumerable.Range(0, Kills).Select(_ => random.Next(1, 90)).ToArray();
        using var fleet = world.NewFleet(destination: number => new LimitedBucket(world.B, without, number <= Kills ? lives[number - 1] : int.MaxValue));

        var report = await world.RunAsync(fleet);

        // A shard that was begun and taken over is told as both: what the dead had copied is resumed.
        (report.Copied + report.Resumed).ShouldBe(Objects);
        report.Skipped.ShouldBe(report.Resumed);
        report.Failed.ShouldBe(0);
        fleet.Started.ShouldBeGreaterThan(Kills);
        (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
        (await world.JournalAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunOnCluster_WithoutConditions_EverythingIsThere()
    {
        await using var world = await SpreadWorld.CreateAsync(Objects);
        using var fleet = world.NewFleet(5, destination: _ => new LimitedBucket(world.B, BucketFeatures.ConditionalPut));

        var report = await world.RunAsync(fleet, options: SpreadWorld.Options with { ShardObjects = 5 });

        (report.Copied + report.Resumed).ShouldBe(Objects);
        (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
    }

    [Theory]
    [InlineData(TransferMode.Copy, true, false)]
    [InlineData(TransferMode.Copy, false, false)]
    [InlineData(TransferMode.Sync, true, false)]
    [InlineData(TransferMode.Sync, false, true)]
    public async Task RunOnCluster_ListsWithoutOrder_AreSharedOutByName(TransferMode mode, bool unorderedSource, bool unorderedDestination)
    {
        await using var world = await SpreadWorld.CreateAsync(Objects);
        await world.B.CopyAsync(new ObjectReference(world.A, "in/" + SpreadWorld.NameOf(7)), "out/" + SpreadWorld.NameOf(7), cancellationToken: Token);
        var request = world.Request with
        {
            Mode = mode,
            Source = TransferLocation.FromPrefix(unorderedSource ? new LimitedBucket(world.A, BucketFeatures.OrderedList) : world.A, "in/"),
            Destination = TransferLocation.FromPrefix(unorderedDestination ? new LimitedBucket(world.B, BucketFeatures.OrderedList) : world.B, "out/"),
        };
        using var fleet = world.NewFleet(request: request);

        var report = await world.RunAsync(fleet, request);

        report.Copied.ShouldBe(mode is TransferMode.Sync ? Objects - 1 : Objects);
        report.Skipped.ShouldBe(Objects - report.Copied);
        (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
        (await world.JournalAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunOnCluster_CoordinatorThatEnded_IsFollowedByOneThatRepeatsNothing()
    {
        await using var world = await SpreadWorld.CreateAsync(Objects);
        using var first = world.NewFleet(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Should.ThrowAsync<OperationCanceledException>(() => world.RunAsync(first, observer: new StopAt(100, stop), token: stop.Token));
        first.IsStopped.ShouldBeTrue();
        var before = await world.ReadDestinationAsync();
        before.Count.ShouldBeInRange(100, Objects - 1);
        using var second = world.NewFleet();

        var report = await world.RunAsync(second);

        // What the first coordinator's worker had copied is not copied again: neither finished shards nor what was done of the one that it was at.
        report.Resumed.ShouldBeGreaterThanOrEqualTo(100);
        (report.Copied + report.Resumed).ShouldBe(Objects);
        (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
        (await world.JournalAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunOnCluster_CoordinatorThatDiedWithoutAWord_IsWaitedOut()
    {
        await using var world = await SpreadWorld.CreateAsync(40, SpreadWorld.Hasty);
        var journal = new SharedJournal(world.B, SpreadWorld.IdOf(world.Request));
        await journal.WriteAsync(SharedJournal.Coordinator, new Claim("gone"), SpreadJson.Default.Claim, Token);
        await journal.WriteAsync(SharedJournal.Signs + "gone", new LifeSign(7, null, null), SpreadJson.Default.LifeSign, Token);
        using var fleet = world.NewFleet();

        (await world.RunAsync(fleet)).Copied.ShouldBe(40);

        (await world.JournalAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunOnCluster_TwoCoordinatorsOfOneTransfer_OneIsRefused()
    {
        await using var world = await SpreadWorld.CreateAsync(Objects);
        var isAtWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var held = new TaskFleet(1, async (_, token) =>
        {
            isAtWork.TrySetResult();
            await goOn.Task.WaitAsync(token);
            await world.WorkAsync(world.Request, world.B, token);
        });
        var first = world.RunAsync(held);
        await isAtWork.Task.WaitAsync(Token);
        using var second = world.NewFleet();

        var refused = await Should.ThrowAsync<CloudException>(() => world.RunAsync(second));
        goOn.SetResult();

        refused.Code.ShouldBe(CloudErrorCode.Conflict);
        second.Started.ShouldBe(0);
        (await first).Copied.ShouldBe(Objects);
        (await world.JournalAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(BucketFeatures.None)]
    [InlineData(BucketFeatures.ConditionalPut)]
    public async Task Claim_ManyAtOnce_OneHasIt(BucketFeatures without)
    {
        const int Members = 16;
        await using var world = await SpreadWorld.CreateAsync(0);
        var bucket = new LimitedBucket(world.B, without);
        var journal = new SharedJournal(bucket, "0123456789abcdef");
        var members = await Task.WhenAll(Enumerable.Range(0, Members).Select(async _ => await Member.JoinAsync(journal, await bucket.GetCapabilitiesAsync(Token), "m", SpreadWorld.Patient, TimeProvider.System, Token)));

        var outcomes = await Task.WhenAll(members.Select(member => member.TryClaimAsync("claims/1", Token)));

        // Where the store cannot decide, several may think that they won before another's write is seen, and nobody is left without.
        var winners = outcomes.Count(outcome => outcome is ClaimOutcome.Taken or ClaimOutcome.TakenOver);
        winners.ShouldBeInRange(1, without is BucketFeatures.None ? 1 : Members);
        await Task.WhenAll(members.Select(member => member.DisposeAsync().AsTask()));
        var late = await Member.JoinAsync(journal, await bucket.GetCapabilitiesAsync(Token), "late", SpreadWorld.Patient, TimeProvider.System, Token);
        await using (late)
        {
            (await late.TryClaimAsync("claims/1", Token)).ShouldBe(ClaimOutcome.TakenOver);
        }
    }

    [Fact]
    public async Task RunOnCluster_ObjectsThatFail_AreNamedAndTriedAgainByTheNextRun()
    {
        var faults = new FaultPlan();
        await using var world = await SpreadWorld.CreateAsync(Objects, faultsOfA: faults);
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Get, FromCall = 50, MaxInjections = 3 });
        using var first = world.NewFleet();
        var observer = new RecordingObserver();

        var report = await world.RunAsync(first, observer: observer);

        report.Failed.ShouldBe(3);
        report.Copied.ShouldBe(Objects - 3);
        report.Failures.Count.ShouldBe(3);
        report.Failures.ShouldAllBe(failure => failure.Error!.Code == CloudErrorCode.PermissionDenied && observer.Results.ContainsKey(failure.Name));
        (await world.JournalAsync()).ShouldNotBeEmpty();
        using var second = world.NewFleet();
        var repeated = await world.RunAsync(second);
        repeated.Copied.ShouldBe(3);
        repeated.Resumed.ShouldBe(Objects - 3);
        repeated.Failed.ShouldBe(0);
        (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
        (await world.JournalAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunOnCluster_SourceChangedSinceAnEarlierRun_IsCopiedAgain()
    {
        var faults = new FaultPlan();
        await using var world = await SpreadWorld.CreateAsync(30, faultsOfA: faults);
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Get, FromCall = 5, MaxInjections = 1 });
        var options = SpreadWorld.Options with { ShardObjects = 1_000 };
        using var first = world.NewFleet(1);
        (await world.RunAsync(first, options: options)).Failed.ShouldBe(1);
        var changed = "in/" + SpreadWorld.NameOf(20);
        await world.A.PutAsync(changed, TransferWorld.Bytes(120, 999), cancellationToken: Token);
        using var second = world.NewFleet(1);

        var report = await world.RunAsync(second, options: options);

        report.Copied.ShouldBe(2);
        report.Resumed.ShouldBe(28);
        (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
    }

    [Theory]
    [InlineData(1_000, 3, false)]
    [InlineData(2, 0, true)]
    public async Task RunOnCluster_Mirror_DeletesWhatOnlyTheDestinationHas(long maxDeletes, int deleted, bool isRefused)
    {
        await using var world = await SpreadWorld.CreateAsync(60);
        var other = ".skycompat/transfers/ffffffffffffffff/plan";
        foreach (var extra in (string[])["out/00", "out/00010x", "out/zzz", "elsewhere", other])
        {
            await world.B.PutTextAsync(extra, "extra", cancellationToken: Token);
        }

        var request = world.Request with { Mode = TransferMode.Mirror, Options = new TransferOptions { DeleteExtra = true, MaxDeletes = maxDeletes } };
        using var fleet = world.NewFleet(request: request);
        if (isRefused)
        {
            (await Should.ThrowAsync<CloudException>(() => world.RunAsync(fleet, request))).Code.ShouldBe(CloudErrorCode.PreconditionFailed);
        }
        else
        {
            var observer = new RecordingObserver();
            var report = await world.RunAsync(fleet, request, observer: observer);
            report.Deleted.ShouldBe(deleted);
            observer.Results.Values.Count(result => result.Outcome is TransferOutcome.Deleted).ShouldBe(deleted);
            (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
            (await world.JournalAsync()).ShouldBe([other]);
        }

        (await world.ReadDestinationAsync()).Count.ShouldBe(60 + 3 - deleted);
        (await world.B.ExistsAsync("elsewhere", Token)).ShouldBeTrue();
        (await world.B.ExistsAsync(other, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task RunOnCluster_MirrorWithAFailure_DeletesNothing()
    {
        var faults = new FaultPlan();
        await using var world = await SpreadWorld.CreateAsync(60, faultsOfA: faults);
        await world.B.PutTextAsync("out/zzz", "extra", cancellationToken: Token);
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Get, FromCall = 5, MaxInjections = 1 });
        var request = world.Request with { Mode = TransferMode.Mirror, Options = new TransferOptions { DeleteExtra = true } };
        using var first = world.NewFleet(request: request);

        var report = await world.RunAsync(first, request);

        (report.Failed, report.Deleted, report.Skipped).ShouldBe((1, 0, 1));
        (await world.B.ExistsAsync("out/zzz", Token)).ShouldBeTrue();

        // Meanwhile the source got one of that name: what was to be deleted then is not now.
        await world.A.PutTextAsync("in/zzz", "new", cancellationToken: Token);
        using var second = world.NewFleet(request: request);
        (await world.RunAsync(second, request)).Deleted.ShouldBe(0);
        (await world.ReadDestinationAsync()).ShouldBe(await world.ReadSourceAsync());
    }

    [Fact]
    public async Task RunOnCluster_WhatNoWorkerCanDo_EndsItWithTheError()
    {
        await using var world = await SpreadWorld.CreateAsync(60);
        using var fleet = new TaskFleet(2, async (_, token) =>
        {
            var missing = world.Sky.GetCloud("a").Storage.GetBucket("missing");
            await world.Transfers.WorkAsync(new TransferWork { Id = SpreadWorld.IdOf(world.Request), Source = missing, Destination = world.B }, cancellationToken: token);
        });

        var failure = await Should.ThrowAsync<CloudException>(() => world.RunAsync(fleet));

        failure.Reason.ShouldBe(ObjectStorageErrorReasons.BucketNotFound);
        failure.Message.ShouldContain("is kept");
        fleet.IsStopped.ShouldBeTrue();
        using var second = world.NewFleet();
        (await world.RunAsync(second)).Copied.ShouldBe(60);
    }

    [Fact]
    public async Task RunOnCluster_WorkersThatEndTooEarly_AreNotTakenForDone()
    {
        await using var world = await SpreadWorld.CreateAsync(60);
        using var fleet = new TaskFleet(2, (_, _) => Task.CompletedTask);

        var failure = await Should.ThrowAsync<CloudException>(() => world.RunAsync(fleet));

        failure.Code.ShouldBe(CloudErrorCode.Unavailable);
        failure.Message.ShouldContain("4 of 4 shards have no result");
    }

    [Fact]
    public async Task RunOnCluster_NothingToCopy_EndsWell()
    {
        await using var world = await SpreadWorld.CreateAsync(0);
        using var fleet = world.NewFleet();

        var report = await world.RunAsync(fleet);

        (report.Copied, report.Failed).ShouldBe((0, 0));
        (await world.JournalAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunOnCluster_OptionsAndFilter_ReachTheWorkers()
    {
        await using var world = await SpreadWorld.CreateAsync(60);
        await world.A.PutTextAsync("in/tagged", "x", new PutOptions { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "v" } }, Token);
        var request = world.Request with
        {
            Filter = new TransferFilter { Include = ["0000*", "tagged"], Exclude = ["00003"] },
            Options = new TransferOptions { IncludeTags = false, IncludeModifiedTime = false },
            Range = new TransferRange { After = "00001" },
        };
        using var fleet = world.NewFleet(request: request);

        var report = await world.RunAsync(fleet, request, SpreadWorld.Options with { ShardObjects = 3 });

        report.Copied.ShouldBe(8);
        (await world.ReadDestinationAsync()).Keys.ShouldBe(["00002", "00004", "00005", "00006", "00007", "00008", "00009", "tagged"]);
        (await world.B.GetService<IObjectTags>()!.GetTagsAsync("out/tagged", cancellationToken: Token)).ShouldBeEmpty();
        (await world.B.GetInfoAsync("out/tagged", Token)).Metadata.ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_JournalOfAnotherVersion_IsRefused()
    {
        await using var world = await SpreadWorld.CreateAsync(1);
        var id = SpreadWorld.IdOf(world.Request);
        await world.B.PutTextAsync($".skycompat/transfers/{id}/plan", """{ "Version": 2, "Later": true }""", cancellationToken: Token);

        (await Should.ThrowAsync<CloudException>(() => world.WorkAsync(world.Request, world.B, Token))).Code.ShouldBe(CloudErrorCode.Unsupported);
    }

    [Fact]
    public async Task Work_NoSuchTransfer_IsSaid()
    {
        await using var world = await SpreadWorld.CreateAsync(1);

        (await Should.ThrowAsync<CloudException>(() => world.WorkAsync(world.Request, world.B, Token))).Code.ShouldBe(CloudErrorCode.NotFound);
        await Should.ThrowAsync<ArgumentException>(() => world.Transfers.WorkAsync(new TransferWork { Id = "../etc", Source = world.A, Destination = world.B }, cancellationToken: Token));
        await Should.ThrowAsync<ArgumentException>(() => world.Transfers.WorkAsync(new TransferWork { Id = "0123456789abcdef", Source = world.A, Destination = world.B, Worker = "a/b" }, cancellationToken: Token));
    }

    /// <summary>Stops the coordinator once so many objects are copied.</summary>
    private sealed class StopAt(long objects, CancellationTokenSource stop) : TransferObserver
    {
        public override void OnProgress(TransferProgress progress)
        {
            if (progress.CopiedObjects >= objects)
            {
                stop.Cancel();
            }
        }
    }
}
