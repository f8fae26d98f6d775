using System.Text;
using SkyCompat.Cli.Tests.Support;

namespace SkyCompat.Cli.Tests.Commands;

/// <summary>stat, cat, put from standard input, rm and presign.</summary>
public sealed class ObjectCommandTests : IAsyncLifetime
{
    private readonly Skyc _skyc = new();

    public async ValueTask InitializeAsync() => await _skyc.DoAsync("mb", "home:first");

    public ValueTask DisposeAsync()
    {
        _skyc.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Put_StandardInput_IsReadBackByCat()
    {
        _skyc.Input = Encoding.UTF8.GetBytes("hello, sky");
        await _skyc.DoAsync("put", "-", "home:first/a.txt");

        (await _skyc.DoAsync("cat", "home:first/a.txt", "home:first/a.txt")).Content.ShouldBe("hello, skyhello, sky");
        (await _skyc.DoAsync("get", "home:first/a.txt", "-")).Content.ShouldBe("hello, sky");
        (await _skyc.DoAsync("cp", "home:first/a.txt", "-")).Content.ShouldBe("hello, sky");
    }

    [Theory]
    [InlineData("--range=0-4", "hello")]
    [InlineData("--range=7-", "sky")]
    [InlineData("--range=-3", "sky")]
    public async Task Cat_Range_IsThatRange(string range, string expected)
    {
        await PutAsync("a.txt", "hello, sky");

        (await _skyc.DoAsync("cat", range, "home:first/a.txt")).Content.ShouldBe(expected);
    }

    [Fact]
    public async Task Cat_Json_HasTheBytes()
    {
        await PutAsync("a.txt", "hello");

        var document = (await _skyc.DoAsync("cat", "--json", "home:first/a.txt")).Document;

        Convert.FromBase64String((string)document["base64"]!).ShouldBe("hello"u8.ToArray());
    }

    [Fact]
    public async Task Put_Attributes_AreShownByStat()
    {
        _skyc.Write("page.html", "<p>");
        await _skyc.DoAsync("put", "page.html", "home:first/web/", "--content-type", "text/html", "--metadata", "owner=me", "--tag", "kind=page", "--tier", "infrequent");

        var document = (await _skyc.DoAsync("stat", "--json", "home:first/web/page.html")).Document;

        ((string)document["contentType"]!).ShouldBe("text/html");
        ((string)document["metadata"]!["owner"]!).ShouldBe("me");
        ((string)document["tags"]!["kind"]!).ShouldBe("page");
        ((string)document["tier"]!).ShouldBe("infrequent");
        ((long)document["size"]!).ShouldBe(3);
        (await _skyc.DoAsync("stat", "home:first/web/page.html")).Out.ShouldContain("metadata.owner");
    }

    [Fact]
    public async Task Put_NeverOverwrite_LeavesWhatIsThere()
    {
        await PutAsync("a.txt", "one");
        _skyc.Input = "two"u8.ToArray();

        var ran = await _skyc.RunAsync("put", "--overwrite", "never", "-", "home:first/a.txt");

        ran.ExitCode.ShouldBe(ExitCode.Failed);
        (await _skyc.DoAsync("cat", "home:first/a.txt")).Content.ShouldBe("one");
    }

    [Fact]
    public async Task Stat_Bucket_ShowsFeatures()
    {
        var document = (await _skyc.DoAsync("stat", "--json", "home:first")).Document;

        ((string)document["type"]!).ShouldBe("bucket");
        document["features"]!.AsArray().ShouldContain(feature => (string)feature! == "PutIfAbsent");
    }

    [Fact]
    public async Task Stat_File_ShowsIt()
    {
        _skyc.Write("a.txt", "abc");

        ((long)(await _skyc.DoAsync("stat", "--json", "a.txt")).Document["size"]!).ShouldBe(3);
        (await _skyc.RunAsync("stat", "nothing.txt")).ExitCode.ShouldBe(ExitCode.NotFound);
    }

    [Fact]
    public async Task Remove_Object_IsGone()
    {
        await PutAsync("a.txt", "abc");

        (await _skyc.DoAsync("rm", "--dry-run", "home:first/a.txt")).Out.ShouldBe("would delete  home:first/a.txt\n");
        (await _skyc.DoAsync("rm", "home:first/a.txt")).Out.ShouldBe("deleted  home:first/a.txt\n");
        (await _skyc.RunAsync("rm", "home:first/a.txt")).ExitCode.ShouldBe(ExitCode.NotFound);
        await _skyc.DoAsync("rm", "--force", "home:first/a.txt");
    }

    [Fact]
    public async Task Remove_Folder_DeletesWhatIsBeneathAndNothingBeside()
    {
        foreach (var key in (string[])["photos/a", "photos/b/c", "photos-old/a"])
        {
            await PutAsync(key, "x");
        }

        (await _skyc.DoAsync("rm", "-r", "--dry-run", "home:first/photos")).Lines.Length.ShouldBe(2);
        var ran = await _skyc.DoAsync("rm", "-r", "--json", "home:first/photos");

        ran.Documents.Select(document => (string)document["name"]!).ShouldBe(["home:first/photos/a", "home:first/photos/b/c"]);
        (await _skyc.DoAsync("ls", "-r", "home:first")).Lines.ShouldHaveSingleItem().ShouldEndWith("photos-old/a");
        (await _skyc.RunAsync("rm", "-r", "home:first/photos")).ExitCode.ShouldBe(ExitCode.NotFound);
    }

    [Theory]
    [InlineData("n", 1, 1)]
    [InlineData("", 1, 1)]
    [InlineData("y", 0, 0)]
    [InlineData("yes", 0, 0)]
    public async Task Remove_FolderAtATerminal_Asks(string answer, int exitCode, int left)
    {
        await PutAsync("photos/a", "x");
        _skyc.Answer = answer;

        var ran = await _skyc.RunAsync("rm", "-r", "home:first/photos/");

        ran.ExitCode.ShouldBe(exitCode);
        ran.Error.ShouldContain("Delete everything under home:first/photos/? [y/N]");
        _skyc.Answer = null;
        (await _skyc.DoAsync("ls", "home:first")).Lines.Length.ShouldBe(left);
    }

    [Fact]
    public async Task Presign_Object_PrintsAUrlAndNothingElse()
    {
        await PutAsync("a.txt", "abc");

        var ran = await _skyc.DoAsync("presign", "home:first/a.txt", "--expires", "1h", "--quiet");
        var document = (await _skyc.DoAsync("presign", "--json", "-X", "put", "home:first/a.txt")).Document;

        Uri.IsWellFormedUriString(ran.Lines.ShouldHaveSingleItem(), UriKind.Absolute).ShouldBeTrue();
        ran.Error.ShouldBeEmpty();
        ((string)document["method"]!).ShouldBe("PUT");
    }

    [Theory]
    [InlineData(2, "stat", "home:")]
    [InlineData(3, "stat", "home:first/missing")]
    [InlineData(3, "stat", "home:missing")]
    [InlineData(3, "cat", "home:first/missing")]
    [InlineData(3, "cat", "home:missing/a")]
    [InlineData(3, "cat", "missing.txt")]
    [InlineData(2, "cat", "home:first")]
    [InlineData(2, "cat", "--range", "x", "home:first/a")]
    [InlineData(2, "cat")]
    [InlineData(2, "rm", "home:first")]
    [InlineData(2, "rm", "home:first/photos/")]
    [InlineData(2, "rm", "a.txt")]
    [InlineData(2, "rm", "-r", "home:")]
    [InlineData(2, "rm", "-r", "--version-id", "1", "home:first")]
    [InlineData(2, "presign", "home:first")]
    [InlineData(2, "presign", "--expires", "soon", "home:first/a")]
    [InlineData(2, "presign", "--expires", "400d", "home:first/a")]
    [InlineData(2, "presign", "-X", "post", "home:first/a")]
    [InlineData(2, "presign", "a.txt")]
    [InlineData(2, "put", "-", "home:first/")]
    [InlineData(2, "put", "-", "a.txt")]
    [InlineData(2, "put", "home:first/a", "home:first/b")]
    [InlineData(2, "put", "--metadata", "novalue", "-", "home:first/a")]
    [InlineData(2, "put", "--tier", "warm", "-", "home:first/a")]
    [InlineData(2, "put", "--overwrite", "when-unchanged", "-", "home:first/a")]
    [InlineData(2, "get", "a.txt")]
    [InlineData(2, "get", "home:first/a", "away:first/a")]
    [InlineData(2, "cp", "-", "-")]
    [InlineData(2, "cp", "home:first/a")]
    public async Task WrongInput_EndsWithItsExitCode(int exitCode, params string[] arguments)
    {
        var ran = await _skyc.RunAsync(arguments);

        ran.ExitCode.ShouldBe(exitCode, ran.Error);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldNotBeEmpty();
    }

    private async Task PutAsync(string key, string text)
    {
        _skyc.Input = Encoding.UTF8.GetBytes(text);
        await _skyc.DoAsync("put", "-", $"home:first/{key}");
    }
}
