using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Running;

/// <summary>What plans and reports say of requests, of routes that were left and of who waits for whom.</summary>
public sealed class TransferCountTests
{
    private static CancellationToken Token => TransferWorld.Token;

    [Fact]
    public async Task Cost_Mirror_CountsListsLooksAndDeletes()
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        foreach (var key in (string[])["1", "2"])
        {
            await a.PutAsync(key, TransferWorld.Bytes(10), cancellationToken: Token);
            await b.PutAsync(key, TransferWorld.Bytes(10), cancellationToken: Token);
        }

        await b.PutAsync("extra1", TransferWorld.Bytes(10), cancellationToken: Token);
        await b.PutAsync("extra2", TransferWorld.Bytes(10), cancellationToken: Token);
        var request = new TransferRequest
        {
            Source = TransferLocation.FromPrefix(a),
            Destination = TransferLocation.FromPrefix(b),
            Mode = TransferMode.Mirror,
            Options = new TransferOptions { DeleteExtra = true, Comparison = TransferComparison.Content },
        };

        var planned = await world.Transfers.PlanAsync(request, Token).AggregateAsync(default(TransferCost), (sum, step) => sum + step.Cost, Token);
        var report = await world.Transfers.RunAsync(request, cancellationToken: Token);

        // A look at each side of both objects; a page of each list, and a batch of deletes.
        (planned.ReadRequests, planned.WriteRequests).ShouldBe((4, 3));
        (report.Cost.ReadRequests, report.Cost.WriteRequests).ShouldBe((4, 3));
        report.Deleted.ShouldBe(2);
    }

    [Fact]
    public async Task Cost_LargeObjectToAFolder_CountsTheRangesOfAFile()
    {
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        await a.PutAsync("1", TransferWorld.Bytes(40 << 20), cancellationToken: Token);
        var request = new TransferRequest
        {
            Source = TransferLocation.FromObject(a, "1"),
            Destination = TransferLocation.FromFile(Path.Combine(world.Root, "1")),
            Options = new TransferOptions { IncludeTags = false },
        };

        var report = await world.Transfers.RunAsync(request, cancellationToken: Token);

        // Three ranges of up to 16 MiB after a look for the attributes, and the look that found it.
        (report.Cost.ReadRequests, report.Cost.WriteRequests).ShouldBe((5, 0));
    }

    [Fact]
    public async Task Cost_PartsBelowTheLeastOfTheStore_CountsThoseThatAreSent()
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "second"));
        await a.PutAsync("1", TransferWorld.Bytes(20 << 20), cancellationToken: Token);
        var capabilities = await b.GetCapabilitiesAsync(Token);
        var part = Math.Max(capabilities.MinPartBytes, ((20 << 20) / capabilities.MaxParts) + 1);
        var request = new TransferRequest
        {
            Source = TransferLocation.FromObject(a, "1"),
            Destination = TransferLocation.FromObject(b, "1"),
            Options = new TransferOptions { IncludeTags = false, PartSizeBytes = 1, Routes = TransferRoute.Pipe },
        };

        var report = await world.Transfers.RunAsync(request, cancellationToken: Token);

        report.Cost.WriteRequests.ShouldBe((((20 << 20) + part - 1) / part) + 2);
    }

    [Fact]
    public async Task Cost_Names_CountsTheirLookUps()
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        await a.PutAsync("1", TransferWorld.Bytes(10), cancellationToken: Token);
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Names = ((string[])["1"]).ToAsyncEnumerable(), Options = new TransferOptions { IncludeTags = false } };

        var report = await world.Transfers.RunAsync(request, cancellationToken: Token);

        (report.Cost.ReadRequests, report.Cost.WriteRequests).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Fallbacks_CopyThatTheServiceRefuses_SaysHowManyAndWhy()
    {
        var faults = new FaultPlan();
        await using var world = new TransferWorld(faultsOfA: faults);
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("a", "second"));
        await a.PutAsync("1", TransferWorld.Bytes(10), cancellationToken: Token);
        await a.PutAsync("2", TransferWorld.Bytes(10), cancellationToken: Token);
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Copy });

        var report = await world.Transfers.RunAsync(new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b) }, cancellationToken: Token);

        var fallback = report.Fallbacks.ShouldHaveSingleItem();
        (fallback.Route, fallback.Objects).ShouldBe((TransferRoute.ServerSideCopy, 2));
        fallback.Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task RunAsync_MoreLargeObjectsThanGoAtATime_DoNotHoldUpSmallOnes()
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        for (var i = 0; i < 6; i++)
        {
            await a.PutAsync($"large{i}", TransferWorld.Bytes(17 << 20), cancellationToken: Token);
        }

        await a.PutAsync("small", TransferWorld.Bytes(10), cancellationToken: Token);
        var smallIsThere = new TaskCompletionSource();
        var observer = new RecordingObserver(result =>
        {
            if (result.Name == "small")
            {
                smallIsThere.SetResult();
            }
        });

        var report = await world.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromPrefix(new WaitingBucket(a, smallIsThere.Task)), Destination = TransferLocation.FromPrefix(b) }, observer, Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

        report.Copied.ShouldBe(7);
    }

    [Theory]
    [InlineData("other bytes", TransferAction.Copy)]
    [InlineData("same size!", TransferAction.Copy)]
    [InlineData("0123456789", TransferAction.Skip)]
    public async Task CompareByContent_SourceThatChangesMeanwhile_IsLookedAtAgain(string newer, TransferAction expected)
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        await a.PutAsync("x", "9876543210"u8.ToArray(), cancellationToken: Token);
        await b.PutAsync("x", "0123456789"u8.ToArray(), cancellationToken: Token);
        var request = new TransferRequest
        {
            Source = TransferLocation.FromPrefix(new ChangingBucket(a, newer)),
            Destination = TransferLocation.FromPrefix(b),
            Mode = TransferMode.Sync,
            Options = new TransferOptions { Comparison = TransferComparison.Content },
        };

        (await world.Transfers.PlanAsync(request, Token).SingleAsync(Token)).Action.ShouldBe(expected);
    }

    /// <summary>Hands out large objects once something happened.</summary>
    private sealed class WaitingBucket(IBucket inner, Task until) : DelegatingBucket(inner)
    {
        public override async Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (key != "small")
            {
                await until.WaitAsync(cancellationToken);
            }

            return await base.GetAsync(key, options, cancellationToken);
        }
    }

    /// <summary>Is written to before it is looked at for the first time.</summary>
    private sealed class ChangingBucket(IBucket inner, string newer) : DelegatingBucket(inner)
    {
        private bool _isChanged;

        public override async Task<ObjectInfo?> TryGetInfoAsync(string key, GetInfoOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (!_isChanged)
            {
                _isChanged = true;
                await Inner.PutAsync(key, System.Text.Encoding.UTF8.GetBytes(newer), cancellationToken: cancellationToken);
            }

            return await base.TryGetInfoAsync(key, options, cancellationToken);
        }
    }
}
