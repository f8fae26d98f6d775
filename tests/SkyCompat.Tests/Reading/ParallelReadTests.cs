using System.Collections.Concurrent;
using CsCheck;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class ParallelReadTests
{
    private const int Part = 64 << 10;

    [Fact]
    public async Task Get_InParallelUnderRandomFaults_IsByteIdentical()
    {
        var cases = Gen.Select(Gen.Int[0, 20 * Part], Gen.Int[Part, 5 * Part], Gen.Int[2, 8], Gen.Int[0, 1 << 30]);

        await cases.SampleAsync(
            async (size, partBytes, concurrency, seed) =>
            {
                await using var engine = new Engine();
                var bytes = Engine.Bytes(size, seed);
                engine.Driver.Seed("a", bytes);
                engine.Script.WrapBody = (call, body) => Fault(new Random(seed + call.Number), body);
                engine.Script.Before("GetObject", _ => Task.FromException(Errors.Unavailable()), call => call.Number > 1 && new Random(seed - call.Number).Next(5) == 0);

                (await engine.Bucket.GetBytesAsync("a", new GetOptions { Concurrency = concurrency, PartSizeBytes = partBytes })).ShouldBeBytes(bytes);
                engine.ShouldHoldNothing();
            },
            iter: 40,
            threads: 2);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Get_InParallel_NeverHasMoreRangesInFlightThanAsked(int concurrency)
    {
        await using var engine = new Engine();
        var bytes = Engine.Bytes(20 * Part);
        engine.Driver.Seed("a", bytes);
        var (open, most) = (0, 0);
        var gate = new Lock();
        engine.Script.WrapBody = (_, body) =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++open);
            }

            return new ScriptedBody(body, chunk: 10_000, disposed: () =>
            {
                lock (gate)
                {
                    open--;
                }
            });
        };

        (await engine.Bucket.GetBytesAsync("a", new GetOptions { Concurrency = concurrency, PartSizeBytes = Part })).ShouldBeBytes(bytes);

        most.ShouldBeInRange(1, concurrency);
        open.ShouldBe(0);
        engine.Script.Count("GetObject").ShouldBe(20);
        engine.Script.Of("GetObject").Skip(1).ShouldAllBe(call => !call.Get!.Condition!.IfMatch.IsEmpty);
    }

    [Fact]
    public async Task Get_InParallelOfARange_ReadsOnlyTheRange()
    {
        await using var engine = new Engine();
        var bytes = Engine.Bytes(10 * Part);
        engine.Driver.Seed("a", bytes);

        (await engine.Bucket.GetBytesAsync("a", Options(ByteRange.Slice(1_000, 3 * Part)))).ShouldBeBytes(bytes[1_000..(1_000 + (3 * Part))]);
        (await engine.Bucket.GetBytesAsync("a", Options(ByteRange.From(7 * Part)))).ShouldBeBytes(bytes[(7 * Part)..]);
        (await engine.Bucket.GetBytesAsync("a", Options(ByteRange.Suffix(2 * Part)))).ShouldBeBytes(bytes[(8 * Part)..]);
        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Part)]
    public async Task Get_InParallelOfAtMostOnePart_TakesTheLeastRequests(int size)
    {
        await using var engine = new Engine();
        var bytes = Engine.Bytes(size);
        engine.Driver.Seed("a", bytes);

        (await engine.Bucket.GetBytesAsync("a", Options(null))).ShouldBeBytes(bytes);

        engine.Script.Count("GetObject").ShouldBe(size == 0 ? 2 : 1);
    }

    [Fact]
    public async Task Get_InParallelWithTheBudgetUsedUp_StillProgressesAndReservesNothing()
    {
        await using var engine = new Engine(budgetBytes: 16 << 20);
        var bytes = Engine.Bytes(10 * Part);
        engine.Driver.Seed("a", bytes);
        engine.Budget.TryReserve(16 << 20).ShouldBeTrue();

        (await engine.Bucket.GetBytesAsync("a", Options(null))).ShouldBeBytes(bytes);

        engine.Budget.Used.ShouldBe(16 << 20);
        engine.Script.Count("GetObject").ShouldBe(10);
    }

    [Fact]
    public async Task Get_TwoReadersThatShareATinyBudget_BothProgress()
    {
        await using var engine = new Engine(budgetBytes: 16 << 20);
        var bytes = Engine.Bytes(40 << 20);
        engine.Driver.Seed("a", bytes);
        var options = new GetOptions { Concurrency = 4, PartSizeBytes = 4 << 20 };
        await using var idle = await engine.Bucket.GetAsync("a", options);
        await idle.AsStream().ReadExactlyAsync(new byte[1]);

        (await engine.Bucket.GetBytesAsync("a", options)).ShouldBeBytes(bytes);
        await idle.DisposeAsync();

        engine.ShouldHoldNothing();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_InParallelDisposedEarly_ReturnsTheBudgetAndDisposesEveryBody(bool asynchronously)
    {
        await using var engine = new Engine();
        engine.Driver.Seed("a", Engine.Bytes(20 * Part));
        var open = new ConcurrentDictionary<int, bool>();
        var allReached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var allClosed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Script.WrapBody = (call, body) =>
        {
            open[call.Number] = true;
            if (call.Number == 4)
            {
                allReached.SetResult();
            }

            return new ScriptedBody(body, breakAfter: 10_000, token => Task.Delay(Timeout.Infinite, token), disposed: () =>
            {
                open.TryRemove(call.Number, out _);
                if (open.IsEmpty)
                {
                    allClosed.TrySetResult();
                }
            });
        };
        var content = await engine.Bucket.GetAsync("a", new GetOptions { Concurrency = 4, PartSizeBytes = Part });
        await content.AsStream().ReadExactlyAsync(new byte[5_000]);
        await allReached.Task;

        if (asynchronously)
        {
            await content.DisposeAsync();
            engine.ShouldHoldNothing();
        }
        else
        {
            content.AsStream().Dispose();
        }

        await allClosed.Task;
        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_InParallelOfAChangedObject_FailsAsChangedAndReturnsTheBudget()
    {
        await using var engine = new Engine();
        engine.Driver.Seed("a", Engine.Bytes(20 * Part));
        var content = await engine.Bucket.GetAsync("a", Options(null));
        engine.Driver.Seed("a", Engine.Bytes(20 * Part, seed: 2));
        engine.Script.WrapBody = null;

        // Ranges that were opened before the change may still be the old content; one after it cannot be.
        await CloudAssert.FailsAsync(() => content.CopyToAsync(Stream.Null), CloudErrorCode.PreconditionFailed, ObjectStorageErrorReasons.ObjectChanged);
        await content.DisposeAsync();

        engine.ShouldHoldNothing();
    }

    [Fact]
    public async Task Get_InParallelWithAWrongChecksum_FailsBeforeTheLastBytes()
    {
        await using var engine = new Engine();
        engine.Driver.Seed("a", Engine.Bytes(5 * Part), checksum: ChecksumHasher.Compute(ChecksumAlgorithm.Sha256, [1]));
        await using var content = await engine.Bucket.GetAsync("a", Options(null));
        using var received = new MemoryStream();

        await CloudAssert.FailsAsync(() => content.CopyToAsync(received), CloudErrorCode.DataCorrupted, ObjectStorageErrorReasons.ChecksumMismatch);

        received.Length.ShouldBeLessThan(5 * Part);
    }

    [Fact]
    public async Task Get_InParallelOfAVersion_PinsEveryRangeToTheVersion()
    {
        await using var engine = new Engine();
        var bytes = Engine.Bytes(3 * Part);
        engine.Driver.Seed("a", bytes, versionId: "v1");

        (await engine.Bucket.GetBytesAsync("a", Options(null) with { VersionId = "v1" })).ShouldBeBytes(bytes);

        engine.Script.Of("GetObject").ShouldAllBe(call => call.Get!.VersionId == "v1");
    }

    [Theory]
    [InlineData(-1_000, 0)]
    [InlineData(0, -1)]
    public async Task Get_InParallelWithAnotherFirstRangeThanAsked_FailsAsCorrupted(int offset, int length)
    {
        await using var engine = new Engine();
        engine.Driver.Seed("a", Engine.Bytes(10 * Part));
        engine.Script.Lie = (call, content) => call.Number > 1 ? content : new ObjectContent(content.Info, content.Offset + offset, content.Length + length, content.AsStream());

        await CloudAssert.FailsAsync(() => engine.Bucket.GetBytesAsync("a", Options(ByteRange.Slice(1_000, 5 * Part))), CloudErrorCode.DataCorrupted);
        engine.ShouldHoldNothing();
    }

    private static GetOptions Options(ByteRange? range) => new() { Range = range, Concurrency = 4, PartSizeBytes = Part };

    private static Stream Fault(Random random, Stream body) => random.Next(4) switch
    {
        0 => new ScriptedBody(body, random.Next(1, 2 * Part), chunk: random.Next(1_000, 50_000)),
        1 => new ScriptedBody(body, random.Next(1, 2 * Part), _ => Task.FromException(new IOException("Reset."))),
        2 => new ScriptedBody(body, random.Next(1, 2 * Part), _ => Task.FromException(Errors.Unavailable())),
        _ => body,
    };
}
