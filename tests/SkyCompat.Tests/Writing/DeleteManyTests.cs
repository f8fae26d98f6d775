using System.Runtime.CompilerServices;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class DeleteManyTests
{
    private static readonly BucketCapabilities Batches = ScriptedBucket.Everything with { MaxBatchDelete = 3 };

    private static readonly BucketCapabilities Singles = ScriptedBucket.Everything with { Features = ScriptedBucket.Everything.Features & ~BucketFeatures.BatchDelete };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteMany_KeysWithDuplicatesAndBadOnes_GivesOneResultPerKeyInOrder(bool batches)
    {
        await using var engine = new Engine(capabilities: batches ? Batches : Singles);
        engine.Driver.Seed("a", [1]);
        engine.Driver.Seed("b", [1]);
        string[] keys = ["a", "", "b", "a", "missing", "\uD800", new string('x', 2_000), "b"];

        var results = await engine.Bucket.DeleteManyAsync(keys.ToAsyncEnumerable()).ToListAsync();

        results.Select(result => result.Key).ShouldBe(keys);
        results.Select(result => result.Outcome is DeleteOutcome.Failed).ShouldBe([false, true, false, false, false, true, true, false]);
        results.Where(result => result.Outcome is DeleteOutcome.Failed).ShouldAllBe(result => result.Error!.Reason == ObjectStorageErrorReasons.InvalidKey);
        engine.Driver.Objects.ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteMany_MoreThanABatch_TakesOneRequestPerBatch()
    {
        await using var engine = new Engine(capabilities: Batches);

        await engine.Bucket.DeleteManyAsync(Keys(7)).CountAsync();

        engine.Script.Of("DeleteObjects").Select(call => call.Keys.Count).ShouldBe([3, 3, 1]);
        engine.Script.Count("DeleteObject").ShouldBe(0);
    }

    [Fact]
    public async Task DeleteMany_KeysThatFailForTheMoment_AreTriedAgainByThemselves()
    {
        await using var engine = new Engine(capabilities: Batches);
        engine.Driver.Seed("0", [1]);
        engine.Driver.FailingKeys["0"] = Errors.Unavailable;
        engine.Driver.FailingKeys["1"] = Errors.Denied;

        var results = await engine.Bucket.DeleteManyAsync(Keys(3)).ToListAsync();

        results.Select(result => result.Outcome).ShouldBe([DeleteOutcome.Gone, DeleteOutcome.Failed, DeleteOutcome.Missing]);
        results[1].Error!.Code.ShouldBe(CloudErrorCode.PermissionDenied);
        results[1].Error!.Resource.ShouldBe("media/1");
        engine.Script.Of("DeleteObject").Select(call => call.Key).ShouldBe(["0"]);
        engine.Driver.Objects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeleteMany_WholeBatchFails_FailsItsKeysAndGoesOn(bool transient)
    {
        await using var engine = new Engine(cloud => cloud.Resilience.MaxAttempts = 2, Batches);
        engine.Script.Before("DeleteObjects", _ => Task.FromException(transient ? Errors.Unavailable() : Errors.Denied()), call => call.Keys[0] == "0");

        var results = await engine.Bucket.DeleteManyAsync(Keys(5)).ToListAsync();

        results.Select(result => result.Outcome is DeleteOutcome.Failed).ShouldBe([true, true, true, false, false]);

        // What was retried as a whole is not retried once more key by key: a store that is down must not be asked a thousand times.
        engine.Script.Count("DeleteObject").ShouldBe(0);
        engine.Script.Count("DeleteObjects").ShouldBe(transient ? 3 : 2);
    }

    [Fact]
    public async Task DeleteMany_WithoutBatches_DeletesInParallelKeyByKey()
    {
        await using var engine = new Engine(capabilities: Singles);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Script.Before("DeleteObject", call =>
        {
            if (call.Number == 16)
            {
                all.SetResult();
            }

            return call.Number <= 16 ? all.Task : Task.CompletedTask;
        });

        (await engine.Bucket.DeleteManyAsync(Keys(20)).CountAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task DeleteMany_NotEnumerated_ReadsNoKeyAndSendsNothing()
    {
        await using var engine = new Engine(capabilities: Batches);
        var read = 0;

        var deletion = engine.Bucket.DeleteManyAsync(Keys(100, () => read++));
        read.ShouldBe(0);
        await deletion.FirstAsync();

        read.ShouldBe(3);
        engine.Script.Count("DeleteObjects").ShouldBe(1);
    }

    [Fact]
    public async Task DeleteMany_Cancelled_Stops()
    {
        await using var engine = new Engine(capabilities: Batches);
        using var source = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in engine.Bucket.DeleteManyAsync(Keys(100), source.Token))
            {
                await source.CancelAsync();
            }
        });

        engine.Script.Count("DeleteObjects").ShouldBe(1);
    }

    [Fact]
    public async Task DeletePrefix_SomeKeys_DeletesOnlyThose()
    {
        await using var engine = new Engine(capabilities: Batches);
        foreach (var key in new[] { "logs/1", "logs/2", "logs/3", "logs/4", "log" })
        {
            engine.Driver.Seed(key, [1]);
        }

        (await engine.Bucket.DeletePrefixAsync("logs/")).ShouldBe(4);

        engine.Driver.Objects.Keys.ShouldBe(["log"]);
        await Should.ThrowAsync<ArgumentException>(() => engine.Bucket.DeletePrefixAsync(""));
    }

    private static async IAsyncEnumerable<string> Keys(int count, Action? read = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read?.Invoke();
            yield return $"{i}";
            await Task.Yield();
        }
    }
}
