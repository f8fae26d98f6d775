using System.Text;
using SkyCompat.Cli.Tests.Support;

namespace SkyCompat.Cli.Tests.Transfers;

/// <summary>cp, put, get, sync, mirror, diff and check, through the real transfers between two clouds on this machine.</summary>
public sealed class TransferCommandTests : IAsyncLifetime
{
    private readonly Skyc _skyc = new();

    public async ValueTask InitializeAsync()
    {
        await _skyc.DoAsync("mb", "home:first", "away:second");
        _skyc.Write("files/a.txt", "alpha");
        _skyc.Write("files/b.log", "beta");
        _skyc.Write("files/deep/c.txt", "gamma");
    }

    public ValueTask DisposeAsync()
    {
        _skyc.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Copy_File_ThereAndBack()
    {
        await _skyc.DoAsync("put", "files/a.txt", "home:first/x/");
        await _skyc.DoAsync("cp", "home:first/x/a.txt", "away:second/y.txt");
        await _skyc.DoAsync("get", "away:second/y.txt");
        await _skyc.DoAsync("cp", "away:second/y.txt", "new/z.txt");

        _skyc.Read("y.txt").ShouldBe("alpha");
        _skyc.Read("new/z.txt").ShouldBe("alpha");
    }

    [Fact]
    public async Task Copy_Recursive_ThereAndBack()
    {
        var ran = await _skyc.DoAsync("put", "-r", "files", "home:first/x");
        await _skyc.DoAsync("cp", "-r", "home:first/x/", "away:second");
        await _skyc.DoAsync("get", "-r", "away:second", "back");

        ran.Error.ShouldContain("Copied 3 objects, 14 B");
        ran.Error.ShouldContain("Verified: ");
        ran.Error.ShouldContain("Routes: 3 pipe");
        ran.Out.ShouldBeEmpty();
        _skyc.Read("back/deep/c.txt").ShouldBe("gamma");
        (await _skyc.DoAsync("check", "files", "away:second")).Error.ShouldContain("3 same");
    }

    [Fact]
    public async Task Copy_SeveralFiles_GoToOneFolder()
    {
        await _skyc.DoAsync("cp", "files/a.txt", "files/deep/c.txt", "files/b.log", "home:first/x/");

        (await NamesAsync("home:first/x/")).ShouldBe(["a.txt", "b.log", "c.txt"]);
    }

    [Theory]
    [InlineData("--include *.txt", "a.txt c.txt")]
    [InlineData("--include *.txt --exclude deep/**", "a.txt")]
    [InlineData("--max-size 4B", "b.log")]
    [InlineData("--min-size 5", "a.txt c.txt")]
    [InlineData("--newer-than 1h", "a.txt b.log c.txt")]
    [InlineData("--older-than 1h", "")]
    public async Task Filter_LeavesTheRest(string options, string expected)
    {
        await _skyc.DoAsync(["put", "-r", "files", "home:first", .. options.Split(' ')]);

        string.Join(' ', (await NamesAsync("home:first")).Select(name => name.Split('/')[^1])).ShouldBe(expected);
    }

    [Fact]
    public async Task DryRun_PrintsThePlanAndWritesNothing()
    {
        var ran = await _skyc.DoAsync("put", "-r", "--dry-run", "files", "home:first");
        var documents = (await _skyc.DoAsync("put", "-r", "-n", "--json", "files", "home:first")).Documents;

        ran.Lines[0].ShouldStartWith("ACTION");
        ran.Lines.Count(line => line.StartsWith("copy    pipe", StringComparison.Ordinal)).ShouldBe(3);
        ran.Out.ShouldContain("Would copy 3 objects (14 B), skip 0, delete 0, refuse 0.");
        ran.Out.ShouldContain("Cost: ");
        documents.Select(document => (string)document["type"]!).ShouldBe(["outline", "step", "step", "step", "plan"]);
        ((long)documents[^1]["copy"]!).ShouldBe(3);
        (await NamesAsync("home:first")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Copy_Json_HasAResultPerObjectAndAReport()
    {
        var documents = (await _skyc.DoAsync("put", "-r", "--json", "files", "home:first")).Documents;

        documents[0]["type"]!.ToString().ShouldBe("outline");
        documents.Where(document => (string)document["type"]! == "result").Select(document => (string)document["name"]!).Order(StringComparer.Ordinal).ShouldBe(["a.txt", "b.log", "deep/c.txt"]);
        documents[^1]["type"]!.ToString().ShouldBe("report");
        ((long)documents[^1]["copied"]!).ShouldBe(3);
        ((long)documents[^1]["cost"]!["bytes"]!).ShouldBe(14);
    }

    [Fact]
    public async Task Copy_Quiet_SaysNothing()
    {
        var ran = await _skyc.DoAsync("put", "-rq", "files", "home:first");

        (ran.Out + ran.Error).ShouldBeEmpty();
    }

    [Fact]
    public async Task Copy_AtATerminal_DrawsAndEndsWithTheReport()
    {
        _skyc.IsTerminal = true;

        var ran = await _skyc.DoAsync("put", "-r", "files", "home:first");

        ran.Error.ShouldContain("\u001b[");
        ran.Error.ShouldContain("Copied 3 objects");
        ran.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Put_StandardInputAtATerminal_ShowsItsProgress()
    {
        (_skyc.IsTerminal, _skyc.Input) = (true, "alpha"u8.ToArray());

        var ran = await _skyc.DoAsync("put", "-", "home:first/x.txt");

        ran.Error.ShouldContain("5 B of 5 B+");
        ran.Error.ShouldContain("Copied 1 object, 5 B");
    }

    [Fact]
    public async Task Put_FileWithAttributesAtATerminal_ShowsItsProgress()
    {
        _skyc.IsTerminal = true;

        (await _skyc.DoAsync("put", "--content-type", "text/plain", "files/a.txt", "home:first/")).Error.ShouldContain("100 %  5 B of 5 B");
    }

    [Fact]
    public async Task Copy_Journal_IsWritten()
    {
        await _skyc.DoAsync("put", "-r", "--journal", "put.journal", "files", "home:first");

        File.Exists(_skyc["put.journal"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Copy_NeverOverwrite_LeavesWhatIsThere()
    {
        await PutAsync("home:first/a.txt", "old");

        var ran = await _skyc.DoAsync("put", "-r", "--overwrite", "never", "files", "home:first");

        (await _skyc.DoAsync("cat", "home:first/a.txt")).Content.ShouldBe("old");
        ran.Error.ShouldContain("1 skipped");
    }

    [Fact]
    public async Task Sync_CopiesWhatIsMissingAndDeletesNothing()
    {
        await PutAsync("home:first/extra.txt", "extra");
        await _skyc.DoAsync("sync", "files", "home:first");
        _skyc.Write("files/d.txt", "delta");

        var ran = await _skyc.DoAsync("sync", "files/", "home:first/");

        ran.Error.ShouldContain("Copied 1 object,");
        ran.Error.ShouldContain("3 skipped");
        (await NamesAsync("home:first")).ShouldContain(name => name == "extra.txt");
    }

    [Fact]
    public async Task Mirror_DeletesOnlyWithItsFlagAndWithinItsLimit()
    {
        await PutAsync("home:first/extra1.txt", "extra");
        await PutAsync("home:first/extra2.txt", "extra");

        await _skyc.DoAsync("mirror", "files", "home:first");
        (await NamesAsync("home:first")).Length.ShouldBe(5);
        (await _skyc.DoAsync("mirror", "--delete", "--dry-run", "files", "home:first")).Lines.Count(line => line.StartsWith("delete", StringComparison.Ordinal)).ShouldBe(2);
        (await _skyc.RunAsync("mirror", "--delete", "--max-delete", "1", "files", "home:first")).ExitCode.ShouldBe(ExitCode.Failed);
        (await NamesAsync("home:first")).Length.ShouldBe(5);
        (await _skyc.DoAsync("mirror", "--delete", "files", "home:first")).Error.ShouldContain("2 deleted");
        (await NamesAsync("home:first")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Diff_ShowsWhatDiffers()
    {
        await _skyc.DoAsync("put", "-r", "files", "home:first");
        (await _skyc.DoAsync("diff", "files", "home:first")).Out.ShouldBeEmpty();
        await PutAsync("home:first/extra.txt", "extra");
        await PutAsync("home:first/a.txt", "longer than before");
        await _skyc.DoAsync("rm", "home:first/b.log");

        var ran = await _skyc.RunAsync("diff", "files", "home:first");
        var json = await _skyc.RunAsync("diff", "--json", "--all", "files", "home:first");

        ran.ExitCode.ShouldBe(ExitCode.Failed);
        ran.Lines.Select(line => line[..19].Trim()).ShouldBe(["different", "only at source", "only at destination"]);
        ran.Error.ShouldContain("1 same, 1 only at source, 1 only at destination, 1 different.");
        json.Documents.Select(document => document["difference"]?.ToString()).ShouldBe(["different", "onlyAtSource", "same", "onlyAtDestination", null]);
        ((long)json.Documents[^1]["same"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Check_FindsOtherBytesOfTheSameSize()
    {
        await _skyc.DoAsync("put", "-r", "files", "home:first");
        await PutAsync("home:first/a.txt", "alphb");

        (await _skyc.RunAsync("diff", "--compare", "size", "files", "home:first")).ExitCode.ShouldBe(ExitCode.Done);
        (await _skyc.RunAsync("check", "files", "home:first")).ExitCode.ShouldBe(ExitCode.Failed);
        (await _skyc.RunAsync("check", "files/a.txt", "home:first/a.txt")).ExitCode.ShouldBe(ExitCode.Failed);
        (await _skyc.RunAsync("check", "files/b.log", "home:first/")).ExitCode.ShouldBe(ExitCode.Done);
        (await _skyc.RunAsync("check", "home:first/b.log", "files/b.log")).ExitCode.ShouldBe(ExitCode.Done);
    }

    [Theory]
    [InlineData(3, "cp", "home:first/missing", "away:second/")]
    [InlineData(3, "cp", "-r", "home:first/missing", "away:second/")]
    [InlineData(3, "cp", "-r", "home:missing", "away:second/")]
    [InlineData(3, "cp", "files/a.txt", "home:missing/")]
    [InlineData(3, "put", "missing.txt", "home:first/")]
    [InlineData(2, "put", "-r", "files", "hom:first/")]
    [InlineData(2, "put", "-r", "files", "home:first", "--min-size", "big")]
    [InlineData(2, "put", "-r", "files", "home:first", "--min-size", "2K", "--max-size", "1K")]
    [InlineData(2, "put", "-r", "files", "home:first", "--newer-than", "whenever")]
    [InlineData(2, "put", "-r", "files", "home:first", "--concurrency", "0")]
    [InlineData(2, "put", "-r", "files", "home:first", "--bandwidth", "fast")]
    [InlineData(2, "put", "-r", "files", "home:first", "--route", "teleport")]
    [InlineData(2, "put", "-r", "files", "home:first", "--overwrite", "sometimes")]
    [InlineData(2, "put", "-r", "files", "home:first", "--tier", "cold")]
    [InlineData(2, "get", "-r", "home:first", "files/a.txt")]
    [InlineData(2, "sync", "files", "more")]
    [InlineData(3, "sync", "missing", "home:first")]
    [InlineData(2, "sync", "files/a.txt", "home:first")]
    [InlineData(2, "sync", "files", "home:first", "--compare", "smell")]
    [InlineData(2, "sync", "home:first", "home:first/x")]
    [InlineData(2, "mirror", "files", "home:first", "--max-delete", "-1")]
    [InlineData(2, "diff", "files", "home:")]
    [InlineData(3, "diff", "home:first/x", "away:second/x")]
    [InlineData(3, "check", "missing", "home:first")]
    public async Task WrongInput_EndsWithItsExitCode(int exitCode, params string[] arguments)
    {
        var ran = await _skyc.RunAsync(arguments);

        ran.ExitCode.ShouldBe(exitCode, ran.Error);
        ran.Error.ShouldNotBeEmpty();
    }

    private async Task<string[]> NamesAsync(string name) => [.. (await _skyc.RunAsync("ls", "-r", "--json", name)).Documents.Select(document => (string)document["key"]!).Select(key => key[(name.EndsWith("x/", StringComparison.Ordinal) ? 2 : 0)..])];

    private async Task PutAsync(string name, string text)
    {
        _skyc.Input = Encoding.UTF8.GetBytes(text);
        await _skyc.DoAsync("put", "-", name);
    }
}
