using System.Diagnostics;
using System.Globalization;
using SkyCompat.CrashTarget;
using SkyCompat.Drivers;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

/// <summary>Several processes on one folder, and processes that are killed.</summary>
public sealed class LocalProcessTests : IDisposable
{
    private const int Acknowledgements = 200;
    private readonly LocalTestRoot _root = new();

    [Fact]
    public async Task Kill_DuringConcurrentPuts_LosesNothingAcknowledgedAndLeavesNothingHalf()
    {
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        using (var process = Start("overwrite", 16))
        {
            for (var i = 0; i < Acknowledgements; i++)
            {
                var line = (await process.StandardOutput.ReadLineAsync()).ShouldNotBeNull(await ErrorsOfAsync(process)).Split(' ');
                acknowledged[line[0]] = int.Parse(line[1], CultureInfo.InvariantCulture);
            }

            process.Kill();
            await process.WaitForExitAsync();
        }

        await using var storage = _root.Open();
        var bucket = storage.OpenBucket(CrashContent.Bucket);
        var keys = await bucket.KeysAsync();
        foreach (var key in keys)
        {
            var bytes = await bucket.ReadAsync(key);
            var revision = CrashContent.RevisionOf(bytes);
            bytes.ShouldBe(CrashContent.Of(key, revision));
            revision.ShouldBeGreaterThanOrEqualTo(acknowledged.GetValueOrDefault(key));
            (await bucket.InfoAsync(key))!.Checksum.ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes));
        }

        acknowledged.Keys.Except(keys, StringComparer.Ordinal).ShouldBeEmpty();

        // What the killed process had on disk and not in the index is gone: every body left belongs to an object.
        var large = 0;
        foreach (var key in keys)
        {
            large += (await bucket.InfoAsync(key))!.Size > LocalOptions.DefaultInlineMaxBytes ? 1 : 0;
        }

        _root.BodyFiles().Count.ShouldBe(large);
        Directory.EnumerateFiles(Path.Combine(_root.Path, "root", "writers")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Processes_ThatCompareAndSwapOneCounter_LoseNoUpdate()
    {
        const int Processes = 3;
        const int Increments = 40;
        await using (var storage = _root.Open())
        {
            var bucket = await storage.BucketAsync(CrashContent.Bucket);
            await bucket.PutAsync(CrashContent.Counter, "0");
            var processes = Enumerable.Range(0, Processes).Select(_ => Start("increment", Increments)).ToList();
            foreach (var process in processes)
            {
                await process.WaitForExitAsync();
                process.ExitCode.ShouldBe(0, await ErrorsOfAsync(process));
                process.Dispose();
            }

            (await bucket.ReadTextAsync(CrashContent.Counter)).ShouldBe((Processes * Increments).ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Open_WhileAnotherStoreWrites_LeavesItsBodiesAlone()
    {
        await using var writer = _root.Open();
        var bucket = await writer.BucketAsync();
        var store = await writer.OpenAsync(default);
        var received = await store.Receiver.ReceiveAsync("key", DriverExtensions.Body(DriverExtensions.Bytes(100_000)), null, default);

        // The body is on disk and not in the index yet: an orphan by all but its writer's lock.
        await using (var other = _root.Open())
        {
            (await other.OpenBucket(bucket.Name).InfoAsync("key")).ShouldBeNull();
        }

        _root.BodyFiles().ShouldHaveSingleItem();
        await store.Writer.RunAsync(transaction => ObjectWrites.Put(transaction, bucket.Name, "key", received, new PutOptions(), null, 1), default);
        (await bucket.ReadAsync("key")).Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task Stores_OfOneRoot_SeeEachOthersWritesAtOnce()
    {
        await using var one = _root.Open();
        await using var two = _root.Open();
        var (first, second) = (await one.BucketAsync(), await two.BucketAsync());
        for (var i = 0; i < 20; i++)
        {
            var (writer, reader) = i % 2 == 0 ? (first, second) : (second, first);
            await writer.PutAsync("key", DriverExtensions.Bytes(1000 + (i * 5000), i));
            (await reader.ReadAsync("key")).ShouldBe(DriverExtensions.Bytes(1000 + (i * 5000), i));
        }

        first.CanCopyFrom(second).ShouldBeTrue();
        await first.CopyAsync(new CopySource(second, "key", null, default), "copy", new CopyOptions(), default);
        (await second.InfoAsync("copy")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Reads_WhileTheObjectIsReplaced_SeeOneContentOrTheOther()
    {
        await using var storage = _root.Open();
        var bucket = await storage.BucketAsync();
        await bucket.PutAsync("key", CrashContent.Of("key", 3));
        var writer = Task.Run(async () =>
        {
            for (var revision = 4; revision < 60; revision++)
            {
                await bucket.PutAsync("key", CrashContent.Of("key", revision));
            }
        });
        do
        {
            var bytes = await bucket.ReadAsync("key");
            bytes.ShouldBe(CrashContent.Of("key", CrashContent.RevisionOf(bytes)));
        }
        while (!writer.IsCompleted);

        await writer;
    }

    public void Dispose() => _root.Dispose();

    private static async Task<string> ErrorsOfAsync(Process process) => process.HasExited ? await process.StandardError.ReadToEndAsync() : "";

    private Process Start(string mode, int count)
    {
        var target = typeof(CrashContent).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [target, mode, Path.Combine(_root.Path, "root"), count.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
