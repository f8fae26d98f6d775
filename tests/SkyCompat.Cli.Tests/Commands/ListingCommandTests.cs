using SkyCompat.Cli.Tests.Support;

namespace SkyCompat.Cli.Tests.Commands;

/// <summary>ls, du, tree, mb and rb.</summary>
public sealed class ListingCommandTests : IAsyncLifetime
{
    private readonly Skyc _skyc = new();

    public async ValueTask InitializeAsync()
    {
        await _skyc.DoAsync("mb", "home:first");
        foreach (var (key, size) in (ReadOnlySpan<(string, int)>)[("a.txt", 1), ("photos/1.jpg", 2048), ("photos/old/2.jpg", 4096), ("media/m.mp3", 10)])
        {
            _skyc.Input = new byte[size];
            _skyc.RunAsync("put", "-", $"home:first/{key}").GetAwaiter().GetResult().ExitCode.ShouldBe(0);
        }
    }

    public ValueTask DisposeAsync()
    {
        _skyc.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task List_Cloud_ShowsBuckets()
    {
        (await _skyc.DoAsync("ls", "home:")).Lines.ShouldHaveSingleItem().ShouldEndWith("bucket  home:first");
        (await _skyc.DoAsync("ls")).Lines.ShouldHaveSingleItem().ShouldEndWith("bucket  home:first");
        ((string)(await _skyc.DoAsync("ls", "--json", "home:")).Document["bucket"]!).ShouldBe("first");
        (await _skyc.DoAsync("ls", "away:")).Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_Bucket_ShowsOneLevel()
    {
        var names = (await _skyc.DoAsync("ls", "home:first")).Lines.Select(line => line.Split("  ")[^1]);

        names.ShouldBe(["a.txt", "media/", "photos/"]);
    }

    [Fact]
    public async Task List_Recursive_ShowsEverything()
    {
        var documents = (await _skyc.DoAsync("ls", "-r", "--json", "home:first/photos/")).Documents;

        documents.Select(document => (string)document["name"]!).ShouldBe(["home:first/photos/1.jpg", "home:first/photos/old/2.jpg"]);
        documents.Select(document => (long)document["size"]!).ShouldBe([2048, 4096]);
    }

    [Fact]
    public async Task List_Prefix_MatchesByCharacters() =>
        (await _skyc.DoAsync("ls", "home:first/pho")).Lines.ShouldHaveSingleItem().ShouldEndWith("folder  photos/");

    [Fact]
    public async Task List_LogicalBucket_ShowsItsPartOnly()
    {
        (await _skyc.DoAsync("ls", "@media")).Lines.ShouldHaveSingleItem().ShouldEndWith("m.mp3");
        ((string)(await _skyc.DoAsync("ls", "--json", "@media/")).Document["name"]!).ShouldBe("@media/m.mp3");
    }

    [Fact]
    public async Task List_Folder_ShowsFiles()
    {
        _skyc.Write("files/x.txt", "12");
        _skyc.Write("files/deep/y.txt", "1");

        (await _skyc.DoAsync("ls", "files")).Lines.Select(line => line.Split("  ")[^1]).ShouldBe(["deep/", "x.txt"]);
        (await _skyc.DoAsync("ls", "-r", "files/")).Lines.Select(line => line.Split("  ")[^1]).ShouldBe(["deep/y.txt", "x.txt"]);
    }

    [Fact]
    public async Task List_Bytes_AreExact() => (await _skyc.DoAsync("ls", "-b", "home:first/photos/")).Out.ShouldContain("  2048  1.jpg");

    [Fact]
    public async Task DiskUsage_Bucket_AddsUp()
    {
        var documents = (await _skyc.DoAsync("du", "--json", "--depth", "1", "home:first")).Documents;

        documents.Select(document => ((string)document["name"]!, (long)document["objects"]!, (long)document["size"]!))
            .ShouldBe([("home:first/photos/", 2, 6144), ("home:first/media/", 1, 10), ("home:first/", 4, 6155)]);
        (await _skyc.DoAsync("du", "home:first/photos")).Lines.ShouldHaveSingleItem().ShouldBe("6.0 KiB           2 objects  home:first/photos/");
    }

    [Fact]
    public async Task DiskUsage_Folder_AddsUp()
    {
        _skyc.Write("files/deep/y.txt", "123");

        ((long)(await _skyc.DoAsync("du", "--json", "files")).Document["size"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Tree_Bucket_IsDrawn() => (await _skyc.DoAsync("tree", "home:first")).Out.ShouldBe(
        """
        home:first/
        ├── a.txt  (1 B)
        ├── media/  (10 B)
        │   └── m.mp3  (10 B)
        └── photos/  (6.0 KiB)
            ├── 1.jpg  (2.0 KiB)
            └── old/  (4.0 KiB)
                └── 2.jpg  (4.0 KiB)

        """.ReplaceLineEndings("\n"));

    [Fact]
    public async Task Tree_Depth_Ends()
    {
        var ran = await _skyc.DoAsync("tree", "--depth", "1", "home:first");

        ran.Lines.Length.ShouldBe(4);
        ran.Out.ShouldContain("└── photos/  (6.0 KiB, 2 objects)");
        ran.Error.ShouldContain("3 folders, 4 objects, 6.0 KiB");
        (await _skyc.DoAsync("tree", "--json", "home:first")).Document["children"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task RemoveBucket_Full_NeedsForce()
    {
        var refused = await _skyc.RunAsync("rb", "home:first");

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("--force");
        ((long)(await _skyc.DoAsync("rb", "--force", "--json", "home:first")).Document["objects"]!).ShouldBe(4);
        (await _skyc.DoAsync("ls", "home:")).Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task MakeBucket_Twice_IsHarmless()
    {
        await _skyc.DoAsync("mb", "home:second", "away:second");
        await _skyc.DoAsync("mb", "home:second");
        await _skyc.DoAsync("rb", "home:second", "away:second");
    }

    [Theory]
    [InlineData(2, "ls", "hom:first")]
    [InlineData(2, "ls", "@medja")]
    [InlineData(3, "ls", "home:missing")]
    [InlineData(3, "ls", "home:first/missing")]
    [InlineData(3, "ls", "missing")]
    [InlineData(3, "du", "home:first/missing")]
    [InlineData(2, "du", "home:")]
    [InlineData(2, "du", "--depth", "-1", "home:first")]
    [InlineData(3, "tree", "home:missing")]
    [InlineData(3, "tree", "home:first/missing")]
    [InlineData(2, "tree", "--depth", "0", "home:first")]
    [InlineData(2, "tree", "--depth", "many", "home:first")]
    [InlineData(2, "mb", "home:")]
    [InlineData(2, "mb", "home:first/a")]
    [InlineData(2, "mb", "home:No_Such_Name!")]
    [InlineData(2, "mb", "folder")]
    [InlineData(3, "rb", "home:missing")]
    [InlineData(2, "rb", "@media")]
    [InlineData(2, "ls", "--recursiv", "home:first")]
    public async Task WrongInput_EndsWithItsExitCode(int exitCode, params string[] arguments)
    {
        var ran = await _skyc.RunAsync(arguments);

        ran.ExitCode.ShouldBe(exitCode, ran.Error);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task UnknownCloud_ListsTheChoices() => (await _skyc.RunAsync("ls", "hom:first")).Error
        .ShouldStartWith("There is no cloud 'hom' for 'hom:first'. Did you mean 'home'? Clouds: away, home. Logical buckets: @media. A file of this name is written ./hom:first.");
}
