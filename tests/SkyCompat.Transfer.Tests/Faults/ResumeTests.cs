using System.Diagnostics;
using System.Globalization;
using SkyCompat.CrashTarget;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Faults;

/// <summary>Transfers that end in the middle and go on.</summary>
public sealed class ResumeTests
{
    private const int PartBytes = 5 << 20;
    private const int LargeBytes = 12 * PartBytes;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_LargeObjectThatFailedMidway_RepeatsNoFinishedPart(bool toFolder)
    {
        var faults = new FaultPlan();
        await using var world = new TransferWorld(faultsOfA: faults);
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        var folder = Path.Combine(world.Root, "folder");
        var content = TransferWorld.Bytes(LargeBytes);
        await a.PutAsync("large", content, cancellationToken: TransferWorld.Token);
        var request = new TransferRequest
        {
            Source = TransferLocation.FromPrefix(a),
            Destination = toFolder ? TransferLocation.FromFolder(folder) : TransferLocation.FromPrefix(b),
            Options = new TransferOptions { JournalPath = Path.Combine(world.Root, "journal"), PartSizeBytes = PartBytes, MaxConcurrency = 1 },
        };

        // From the eighth part on, the source refuses.
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Get, FromCall = 8, MaxInjections = 1 });
        (await world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token)).Failures.Single().Error!.Code.ShouldBe(CloudErrorCode.PermissionDenied);
        (toFolder ? File.Exists(Path.Combine(folder, "large")) : await b.ExistsAsync("large", TransferWorld.Token)).ShouldBeFalse();

        using var traffic = new TrafficMeter(world.Meters);
        var observer = new RecordingObserver();
        var report = await world.Transfers.RunAsync(request, observer, TransferWorld.Token);
        report.Copied.ShouldBe(1);
        observer.Results["large"].Verification.ShouldBe(TransferVerification.EndToEnd);

        // Five parts are left; they are read, and written if the destination is a bucket.
        traffic.Bytes.ShouldBe(5L * PartBytes * (toFolder ? 1 : 2));
        (toFolder ? await File.ReadAllBytesAsync(Path.Combine(folder, "large"), TransferWorld.Token) : await b.GetBytesAsync("large", cancellationToken: TransferWorld.Token)).ShouldBe(content);
        Directory.Exists(Path.Combine(folder, ".skycompat-transfer")).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_SourceChangedSinceItsPartsWereCopied_BeginsAnew()
    {
        var faults = new FaultPlan();
        await using var world = new TransferWorld(faultsOfA: faults);
        var a = await world.CreateBucketAsync("a", "first");
        var b = await world.CreateBucketAsync("b", "first");
        await a.PutAsync("large", TransferWorld.Bytes(LargeBytes), cancellationToken: TransferWorld.Token);
        var request = new TransferRequest
        {
            Source = TransferLocation.FromPrefix(a),
            Destination = TransferLocation.FromPrefix(b),
            Options = new TransferOptions { JournalPath = Path.Combine(world.Root, "journal"), PartSizeBytes = PartBytes, MaxConcurrency = 1 },
        };
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Get, FromCall = 8, MaxInjections = 1 });
        (await world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token)).Failed.ShouldBe(1);
        var newer = TransferWorld.Bytes(LargeBytes, seed: 2);
        await a.PutAsync("large", newer, cancellationToken: TransferWorld.Token);
        (await world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token)).Copied.ShouldBe(1);
        (await b.GetBytesAsync("large", cancellationToken: TransferWorld.Token)).ShouldBe(newer);
        (await b.GetService<IMultipartUploads>()!.ListUploadsAsync(cancellationToken: TransferWorld.Token).AnyAsync(TransferWorld.Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Kill_AtRandomPoints_EverythingIsThereOnceAndNothingFinishedIsRepeated()
    {
        const int Kills = 20;
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", TransferTarget.Bucket);
        await world.CreateBucketAsync("b", TransferTarget.Bucket);
        await Parallel.ForAsync(0, TransferTarget.Objects, TransferWorld.Token, async (i, token) =>
            await a.PutAsync(TransferTarget.KeyOf(i), TransferWorld.Bytes(TransferTarget.SizeOf(i), i), cancellationToken: token));
        var random = new Random(20261123);
        var copied = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var kill = 0; kill <= Kills; kill++)
        {
            using var process = Start(world.Root);
            var lines = kill < Kills ? random.Next(0, 90) : int.MaxValue;
            string? line;
            while (lines-- > 0 && (line = await process.StandardOutput.ReadLineAsync(TransferWorld.Token)) is not null)
            {
                copied[line] = copied.GetValueOrDefault(line) + 1;
            }

            process.Kill();
            while ((line = await process.StandardOutput.ReadLineAsync(TransferWorld.Token)) is not null)
            {
                // Said before it died, so it counts.
                copied[line] = copied.GetValueOrDefault(line) + 1;
            }

            await process.WaitForExitAsync(TransferWorld.Token);
        }

        copied.ShouldContainKey("finished");
        copied.Where(pair => pair.Value > 1).ShouldBeEmpty();
        var b = world.Sky.GetCloud("b").Storage.GetBucket(TransferTarget.Bucket);
        (await TransferWorld.ReadAsync(b)).ShouldBe(await TransferWorld.ReadAsync(a));

        // One that was created in the instant before its process was killed, of which no journal knows, may stay: without a byte.
        var uploads = b.GetService<IMultipartUploads>()!;
        (await uploads.ListUploadsAsync(cancellationToken: TransferWorld.Token)
            .Where((MultipartUpload upload, CancellationToken token) => uploads.ListPartsAsync(upload, token).AnyAsync(token))
            .AnyAsync(TransferWorld.Token)).ShouldBeFalse();
    }

    private static Process Start(string root)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.Contains("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "SkyCompat.CrashTarget.dll"), "transfer", root, TransferTarget.Objects.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
