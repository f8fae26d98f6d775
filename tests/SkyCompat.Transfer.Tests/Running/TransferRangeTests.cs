using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Tests.Spreading;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Running;

/// <summary>Transfers of a range of names.</summary>
public sealed class TransferRangeTests
{
    /// <summary>In UTF-8 order, which is not that of UTF-16: surrogates come after all that has none.</summary>
    private static readonly string[] Names = ["a", "a/b", "a0", "b", "\ud7ff", "\ue000", "\uffee", "\U00010000", "\U00010000z", "\U0001f600", "\U0010ffff"];

    private static CancellationToken Token => TransferWorld.Token;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ranges_ThatMeet_ShareOutAllNames(bool isOrdered)
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        foreach (var name in Names)
        {
            await a.PutTextAsync("p/" + name, name, cancellationToken: Token);
        }

        await a.PutTextAsync("p", "not beneath", cancellationToken: Token);
        await a.PutTextAsync("q", "not beneath", cancellationToken: Token);
        var source = TransferLocation.FromPrefix(isOrdered ? a : new LimitedBucket(a, BucketFeatures.OrderedList), "p/");
        string?[] cuts = [null, .. Names.Append("\U0001f5ff").Append("c").Order(KeyOrder.Comparer), null];
        var found = new List<string>();
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            var range = new TransferRange { After = cuts[i], UpTo = cuts[i + 1] };
            found.AddRange(await world.Transfers.PlanAsync(new TransferRequest { Source = source, Destination = TransferLocation.FromPrefix(b), Range = range }, Token).Select(step => step.Name).ToListAsync(Token));
        }

        found.ShouldBe(Names);
    }

    [Fact]
    public async Task Range_OfAnOrderedList_AsksForItsOwnPagesOnly()
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        await Parallel.ForAsync(0, 3_500, Token, async (i, token) => await a.PutTextAsync($"{i:d5}", "x", cancellationToken: token));
        var request = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Range = new TransferRange { After = "02990", UpTo = "03000" } };

        var report = await world.Transfers.RunAsync(request, cancellationToken: Token);

        report.Copied.ShouldBe(10);
        (await b.ListAsync(cancellationToken: Token).Select(entry => entry.Key).ToListAsync(Token)).ShouldBe(Enumerable.Range(2991, 10).Select(i => $"{i:d5}"));
    }

    [Fact]
    public async Task Range_OfAFolder_HoldsBack()
    {
        await using var world = new TransferWorld();
        var folder = world.Folder("from");
        foreach (var name in (string[])["a", "b", "c"])
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), name, Token);
        }

        var b = await world.CreateBucketAsync("b", "first");
        var request = new TransferRequest { Source = TransferLocation.FromFolder(folder), Destination = TransferLocation.FromPrefix(b), Range = new TransferRange { After = "a", UpTo = "b" } };

        (await world.Transfers.RunAsync(request, cancellationToken: Token)).Copied.ShouldBe(1);
        (await b.ExistsAsync("b", Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Mirror_OfARange_DeletesNothingElse()
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        await a.PutTextAsync("d", "x", cancellationToken: Token);
        foreach (var name in (string[])["a", "b", "c", "e", "f"])
        {
            await b.PutTextAsync(name, "extra", cancellationToken: Token);
        }

        var request = new TransferRequest
        {
            Source = TransferLocation.FromPrefix(a),
            Destination = TransferLocation.FromPrefix(b),
            Mode = TransferMode.Mirror,
            Range = new TransferRange { After = "b", UpTo = "e" },
            Options = new TransferOptions { DeleteExtra = true },
        };

        (await world.Transfers.RunAsync(request, cancellationToken: Token)).Deleted.ShouldBe(2);
        (await b.ListAsync(cancellationToken: Token).Select(entry => entry.Key).ToListAsync(Token)).ShouldBe(["a", "b", "d", "f"]);
    }

    [Fact]
    public async Task Journals_ArePartOfNoTransfer()
    {
        await using var world = new TransferWorld();
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        await a.PutTextAsync(".skycompat/transfers/1/plan", "journal", cancellationToken: Token);
        await a.PutTextAsync("x", "x", cancellationToken: Token);
        await b.PutTextAsync("logical/.skycompat/transfers/2/plan", "journal", cancellationToken: Token);
        var folder = world.Folder("from");
        Directory.CreateDirectory(Path.Combine(folder, ".skycompat/transfers"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".skycompat/transfers/y"), "y", Token);
        var mirror = new TransferRequest { Source = TransferLocation.FromPrefix(a), Destination = TransferLocation.FromPrefix(b), Mode = TransferMode.Mirror, Options = new TransferOptions { DeleteExtra = true } };

        var report = await world.Transfers.RunAsync(mirror, cancellationToken: Token);
        var fromFolder = await world.Transfers.RunAsync(mirror with { Source = TransferLocation.FromFolder(folder), Mode = TransferMode.Copy, Options = TransferOptions.Default }, cancellationToken: Token);

        (report.Copied, report.Deleted).ShouldBe((1, 0));
        fromFolder.Failures.Single().Error!.Message.ShouldContain("reserved");
        (await b.ListAsync(cancellationToken: Token).Select(entry => entry.Key).ToListAsync(Token)).ShouldBe(["logical/.skycompat/transfers/2/plan", "x"]);
    }
}
