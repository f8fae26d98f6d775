using SkyCompat.Cli.Configuration;
using SkyCompat.Cli.Naming;
using SkyCompat.Cli.Terminal;
using SkyCompat.Cli.Tests.Support;
using SkyCompat.Cli.Transfers;
using SkyCompat.Transfer;

namespace SkyCompat.Cli.Tests.Transfers;

/// <summary>The rules of docs/cli.md about what goes where.</summary>
public sealed class CopyPlannerTests : IAsyncDisposable
{
    private readonly Skyc _skyc = new();
    private readonly Microsoft.Extensions.DependencyInjection.ServiceProvider _services;
    private readonly PlaceResolver _resolver;

    public CopyPlannerTests()
    {
        _skyc.Write("files/a.txt", "a");
        _skyc.Write("files/b.txt", "b");
        _skyc.Write("more/c.txt", "c");
        var environment = new CliEnvironment
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            OpenInput = () => Stream.Null,
            OpenOutput = () => Stream.Null,
            ReadAnswer = () => null,
            Folder = _skyc.Folder,
            Variables = _skyc.Variables,
        };
        _services = SkyServices.Build(SettingsReader.Read([], environment), environment, isVerbose: false);
        _resolver = new PlaceResolver(new Lazy<IServiceProvider>(_services), environment);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _skyc.Dispose();
    }

    [Theory]
    [InlineData("files/a.txt", "home:first/b.txt", "first/b.txt")]
    [InlineData("files/a.txt", "home:first/x/", "first/x/a.txt")]
    [InlineData("files/a.txt", "home:first", "first/a.txt")]
    [InlineData("files/a.txt", "@media", "first/a.txt")]
    [InlineData("home:first/x/a.txt", "away:second/", "second/a.txt")]
    [InlineData("home:first/x/a.txt", "files", "files/a.txt")]
    [InlineData("home:first/x/a.txt", "new/", "new/a.txt")]
    [InlineData("home:first/x/a.txt", "new", "new")]
    public void One_GoesIntoAFolderOrToTheName(string source, string destination, string target)
    {
        var request = Plan([source], destination, recursive: false).ShouldHaveSingleItem();

        request.Source.IsMany.ShouldBeFalse();
        request.Destination.IsMany.ShouldBeFalse();
        Name(request.Destination).ShouldBe(target);
    }

    [Theory]
    [InlineData("files", "home:first/x", "files", "first/x/")]
    [InlineData("files/", "home:first/x/", "files", "first/x/")]
    [InlineData("home:first/x", "away:second", "first/x/", "second/")]
    [InlineData("home:first", "new", "first/", "new")]
    public void Recursive_GoesFromBeneathToBeneath(string source, string destination, string from, string to)
    {
        var request = Plan([source], destination, recursive: true).ShouldHaveSingleItem();

        request.Source.IsMany.ShouldBeTrue();
        Name(request.Source).TrimEnd(Path.DirectorySeparatorChar).ShouldBe(from.TrimEnd(Path.DirectorySeparatorChar));
        Name(request.Destination).TrimEnd(Path.DirectorySeparatorChar).ShouldBe(to.TrimEnd(Path.DirectorySeparatorChar));
    }

    [Fact]
    public async Task Several_GoTogetherPerFolder()
    {
        var requests = Plan(["files/a.txt", "more/c.txt", "files/b.txt"], "home:first/x/", recursive: false);

        requests.Count.ShouldBe(2);
        (await requests[0].Names!.ToListAsync()).ShouldBe(["a.txt", "b.txt"]);
        (await requests[1].Names!.ToListAsync()).ShouldBe(["c.txt"]);
        requests.ShouldAllBe(request => Name(request.Destination) == "first/x/");
    }

    [Theory]
    [InlineData("files", "home:first/x", false, "is a folder; add -r")]
    [InlineData("home:first/x/", "new", false, "is a folder; add -r")]
    [InlineData("home:first", "new", false, "is a folder; add -r")]
    [InlineData("files/a.txt", "new", false, "Both sides are on this machine")]
    [InlineData("home:", "new", true, "names a cloud and no bucket")]
    [InlineData("files/a.txt", "home:", false, "names a cloud and no bucket")]
    [InlineData("home:first", "files/a.txt", true, "is a file, and a folder is needed")]
    [InlineData("home:first/x/..", "files", false, "ends with a name that no file can have")]
    public void WrongNames_AreExplained(string source, string destination, bool recursive, string said) =>
        Should.Throw<UsageException>(() => Plan([source], destination, recursive)).Message.ShouldContain(said);

    [Fact]
    public void Several_NeedAFolder()
    {
        Should.Throw<UsageException>(() => Plan(["files/a.txt", "files/b.txt"], "home:first/x", recursive: false)).Message.ShouldContain("Several sources need a folder");
        Should.Throw<UsageException>(() => Plan(["files", "more"], "home:first/x/", recursive: true)).Message.ShouldContain("--recursive takes one source");
        Should.Throw<MissingException>(() => Plan(["none.txt"], "home:first/", recursive: false));
    }

    private IReadOnlyList<TransferRequest> Plan(string[] sources, string destination, bool recursive) =>
        CopyPlanner.Plan([.. sources.Select(_resolver.Resolve)], _resolver.Resolve(destination), recursive);

    private string Name(TransferLocation location) => location.Bucket is null ? Path.GetRelativePath(_skyc.Folder, location.Path) : $"{location.Bucket.Name}/{location.Path}";
}
