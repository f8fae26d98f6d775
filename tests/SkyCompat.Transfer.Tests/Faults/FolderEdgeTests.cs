using System.Diagnostics;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Sides;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Faults;

/// <summary>What only folders have: names that are no text, and files of runs that never came back.</summary>
public sealed class FolderEdgeTests
{
    [Fact]
    public async Task RunAsync_FileNamesThatAreNotUtf8_AreSkippedAndTheRestGoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there may a file name be any bytes.");
        await using var world = new TransferWorld();
        var a = await world.CreateBucketAsync("a", "first");
        var folder = world.Folder("src");
        await ShellAsync($"cd '{folder}' && : > \"$(printf 'x\\377')\" && : > \"$(printf 'x\\376')\" && mkdir \"$(printf 'd\\377')\" && : > \"$(printf 'd\\377/f')\" && : > z");

        var observer = new RecordingObserver();
        var report = await world.Transfers.RunAsync(
            new TransferRequest { Source = TransferLocation.FromFolder(folder), Destination = TransferLocation.FromPrefix(a), Mode = TransferMode.Sync }, observer, TransferWorld.Token);

        // What .NET cannot name it cannot delete.
        await ShellAsync($"rm -r '{folder}'");
        (report.Copied, report.Skipped, report.Failed).ShouldBe((1, 2, 0));
        observer.Results["x\uFFFD"].Reason!.ShouldContain("not UTF-8");
        observer.Results["d\uFFFD"].Reason!.ShouldContain("not UTF-8");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_UnfinishedFilesOfAJournalThatIsGone_AreRemoved(bool isReplaced)
    {
        var faults = new FaultPlan();
        await using var world = new TransferWorld(faultsOfA: faults);
        var a = await world.CreateBucketAsync("a", "first");
        await a.PutAsync("large", TransferWorld.Bytes(33 << 20), cancellationToken: TransferWorld.Token);
        var journal = Path.Combine(world.Root, "journal");
        var folder = world.Folder("dst");
        var request = new TransferRequest
        {
            Source = TransferLocation.FromPrefix(a),
            Destination = TransferLocation.FromFolder(folder),
            Options = new TransferOptions { JournalPath = journal, MaxConcurrency = 1 },
        };
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 403, Operations = FaultOperations.Get, FromCall = 2, MaxInjections = 1 });
        (await world.Transfers.RunAsync(request, cancellationToken: TransferWorld.Token)).Failed.ShouldBe(1);
        Directory.EnumerateDirectories(Path.Combine(folder, StagingFolder.Name)).ShouldHaveSingleItem().ShouldEndWith(".kept");

        // While the journal is there, another run leaves its files alone.
        (await world.Transfers.RunAsync(request with { Options = TransferOptions.Default }, cancellationToken: TransferWorld.Token)).Failed.ShouldBe(0);
        Directory.Exists(Path.Combine(folder, StagingFolder.Name)).ShouldBeTrue();
        foreach (var file in Directory.EnumerateFiles(world.Root, "journal*"))
        {
            File.Delete(file);
        }

        (await world.Transfers.RunAsync(request with { Options = isReplaced ? request.Options : TransferOptions.Default }, cancellationToken: TransferWorld.Token)).Failed.ShouldBe(0);

        Directory.Exists(Path.Combine(folder, StagingFolder.Name)).ShouldBeFalse();
    }

    private static async Task ShellAsync(string script)
    {
        using var shell = Process.Start("sh", ["-c", script]);
        await shell.WaitForExitAsync(TransferWorld.Token);
    }
}
