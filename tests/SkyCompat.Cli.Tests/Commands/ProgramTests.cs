using System.Text.Json.Nodes;
using SkyCompat.Cli.Tests.Support;

namespace SkyCompat.Cli.Tests.Commands;

/// <summary>What is the same for all commands: configuration, help, errors, colours, completion; and clouds, doctor, init and bench.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly Skyc _skyc = new();

    public static TheoryData<string> Commands() =>
        ["ls", "stat", "cat", "put", "get", "cp", "sync", "mirror", "rm", "mb", "rb", "presign", "du", "tree", "diff", "check", "bench", "doctor", "clouds", "init", "completion"];

    public void Dispose() => _skyc.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfACommand_HasExamplesAndExitCodes(string command)
    {
        var help = (await _skyc.DoAsync(command, "--help")).Out;

        help.ShouldContain($"\n  skyc {command}");
        help.ShouldContain("130  cancelled");
        help.ShouldContain("--json");
    }

    [Fact]
    public async Task Help_WithoutACommand_ListsThem()
    {
        var help = (await _skyc.DoAsync()).Out;

        foreach (var command in Commands())
        {
            help.ShouldContain($"\n  {command.Data} ");
        }

        (await _skyc.DoAsync("--version")).Out.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("lz", "There is no command 'lz'. Did you mean 'ls'?")]
    [InlineData("ls --jsn", "There is no option '--jsn'. Did you mean '--json'?")]
    [InlineData("presign", "Required argument missing")]
    public async Task WrongUsage_SaysWhatWasMeant(string line, string said)
    {
        var ran = await _skyc.RunAsync(line.Split(' '));

        ran.ExitCode.ShouldBe(ExitCode.Usage);
        ran.Error.ShouldContain(said);
        ran.Error.ShouldContain("--help` shows how it is used.");
    }

    [Fact]
    public async Task Error_Json_IsADocumentOnStandardError()
    {
        var ran = await _skyc.RunAsync("stat", "--json", "home:missing/a");

        var document = JsonNode.Parse(ran.Error)!;
        ((string)document["type"]!).ShouldBe("error");
        ((int)document["exitCode"]!).ShouldBe(ExitCode.NotFound);
        ran.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_EndsWith130() => (await _skyc.RunAsync(new CancellationToken(canceled: true), "ls", "home:")).ExitCode.ShouldBe(ExitCode.Cancelled);

    [Fact]
    public async Task NotConfigured_SaysHowToBegin()
    {
        using var bare = new Skyc(isConfigured: false);

        var ran = await bare.RunAsync("ls");

        ran.ExitCode.ShouldBe(ExitCode.Usage);
        ran.Error.ShouldContain("No cloud is configured. Run `skyc init`");
    }

    [Fact]
    public async Task Init_File_IsWrittenOnceAndWorks()
    {
        using var bare = new Skyc(isConfigured: false);

        ((string)(await bare.DoAsync("init", "--json")).Document["path"]!).ShouldBe(bare["appsettings.json"]);
        ((string)(await bare.DoAsync("clouds", "--json")).Document["name"]!).ShouldBe("home");
        bare.Write("appsettings.json", "{}");
        (await bare.RunAsync("init")).ExitCode.ShouldBe(ExitCode.Usage);
        bare.Read("appsettings.json").ShouldBe("{}");
        await bare.DoAsync("init", "--force");
        await bare.DoAsync("clouds");
    }

    [Fact]
    public async Task Init_User_IsReadInAllFolders()
    {
        using var bare = new Skyc(isConfigured: false);
        bare.Variables["XDG_CONFIG_HOME"] = bare["config"];

        await bare.DoAsync("init", "--user");
        await bare.DoAsync("mb", "home:first");

        File.Exists(bare["config/skyc/appsettings.json"]).ShouldBeTrue();
        (await bare.DoAsync("ls")).Out.ShouldContain("home:first");
    }

    [Fact]
    public async Task Configuration_NearerOne_Wins()
    {
        _skyc.Variables["XDG_CONFIG_HOME"] = _skyc["config"];
        _skyc.Write("config/skyc/appsettings.json", """{ "SkyCompat": { "DefaultCloud": "mine", "Clouds": { "mine": { "Provider": "InMemory" }, "home": { "Provider": "InMemory", "InMemory": {} } } } }""");

        var clouds = (await _skyc.DoAsync("clouds", "--json")).Documents;

        clouds.Select(cloud => $"{cloud["name"]} {cloud["provider"]} {cloud["default"]}").ShouldBe(["away Local false", "home Local true", "mine InMemory false"]);
        _skyc.Variables["SKYCOMPAT__DefaultCloud"] = "away";
        (await _skyc.DoAsync("clouds", "--json")).Documents.Single(cloud => (bool)cloud["default"]!)["name"]!.ToString().ShouldBe("away");
    }

    [Fact]
    public async Task Configuration_OfTheEnvironmentAlone_IsEnough()
    {
        using var bare = new Skyc(isConfigured: false);
        bare.Variables["SkyCompat__Clouds__memory__Provider"] = "InMemory";

        ((string)(await bare.DoAsync("clouds", "--json")).Document["name"]!).ShouldBe("memory");
    }

    [Fact]
    public async Task Configuration_Named_IsReadInsteadOfTheOthers()
    {
        var file = _skyc.Write("other.json", """{ "SkyCompat": { "Clouds": { "memory": { "Provider": "InMemory" } } } }""");
        var more = _skyc.Write("more.json", """{ "SkyCompat": { "Clouds": { "memory": { "Region": "here" } } } }""");

        var cloud = (await _skyc.DoAsync("clouds", "--json", "--config", file, "--config", more)).Document;

        cloud["name"]!.ToString().ShouldBe("memory");
        cloud["region"]!.ToString().ShouldBe("here");
        (await _skyc.RunAsync("clouds", "--config", "missing.json")).Error.ShouldContain("There is no configuration file");
        _skyc.Write("broken.json", "{");
        (await _skyc.RunAsync("clouds", "--config", "broken.json")).ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task Configuration_Wrong_IsExplained()
    {
        _skyc.Variables["SkyCompat__Clouds__home__Local__Rot"] = "x";

        var ran = await _skyc.RunAsync("ls", "home:");

        ran.ExitCode.ShouldBe(ExitCode.Usage);
        ran.Error.ShouldContain("SkyCompat:Clouds:home:Local:Rot: unknown key. Did you mean 'Root'?");
    }

    [Fact]
    public async Task Clouds_Table_ShowsEach()
    {
        var ran = await _skyc.DoAsync("clouds");

        ran.Lines[1].ShouldStartWith("away");
        ran.Lines[2].ShouldContain("@media = first/media/");
    }

    [Fact]
    public async Task Doctor_HealthyClouds_AreFine()
    {
        await _skyc.DoAsync("mb", "home:first");

        var findings = (await _skyc.DoAsync("doctor", "--json")).Documents;

        findings.Select(finding => $"{finding["subject"]} {finding["check"]} {finding["result"]}").ShouldBe(
        [
            "away configuration ok", "away reachability ok", "away credentials ok", "away capabilities ok",
            "home configuration ok", "home reachability ok", "home credentials ok", "home capabilities ok", "@media bucket ok",
        ]);
    }

    [Fact]
    public async Task Doctor_MissingBucket_SaysHowToMakeIt()
    {
        var ran = await _skyc.RunAsync("doctor");

        ran.ExitCode.ShouldBe(ExitCode.NotFound);
        ran.Out.ShouldContain("Make it with `skyc mb home:first`");
    }

    [Fact]
    public async Task Doctor_WrongSettings_AreFindings()
    {
        _skyc.Variables["SkyCompat__Clouds__home__Local__Rot"] = "x";

        var ran = await _skyc.RunAsync("doctor", "--json");

        ran.ExitCode.ShouldBe(ExitCode.Usage);
        ran.Document["subject"]!.ToString().ShouldBe("home");
    }

    [Fact]
    public async Task Doctor_CloudThatIsDown_IsUnreachable()
    {
        // Port 9 of this machine is where nothing listens.
        _skyc.Variables["SkyCompat__Clouds__down__Provider"] = "S3";
        _skyc.Variables["SkyCompat__Clouds__down__S3__Endpoint"] = "http://127.0.0.1:9";
        _skyc.Variables["SkyCompat__Clouds__down__S3__Profile"] = "MinIO";
        _skyc.Variables["SkyCompat__Clouds__down__S3__AccessKeyId"] = "nobody";
        _skyc.Variables["SkyCompat__Clouds__down__S3__SecretAccessKey"] = "very-secret-key";

        var ran = await _skyc.RunAsync("doctor", "down", "--timeout", "10s");

        ran.ExitCode.ShouldBe(ExitCode.Unreachable, ran.Out);
        ran.Out.ShouldContain("Is http://127.0.0.1:9 right, and up?");
        (ran.Out + ran.Error).ShouldNotContain("very-secret-key");
        (await _skyc.RunAsync("ls", "down:bucket")).ExitCode.ShouldBe(ExitCode.Unreachable);
    }

    [Fact]
    public async Task Doctor_UnknownCloud_ListsTheChoices() => (await _skyc.RunAsync("doctor", "hom")).Error.ShouldContain("Did you mean 'home'?");

    [Fact]
    public async Task Bench_Bucket_MeasuresAndCleansUp()
    {
        await _skyc.DoAsync("mb", "home:first");

        var document = (await _skyc.DoAsync("bench", "--json", "home:first/x", "--count", "7", "--size", "4KiB", "--concurrency", "3")).Document;

        foreach (var series in (string[])["put", "get"])
        {
            ((int)document[series]!["objects"]!).ShouldBe(7);
            ((double)document[series]!["p50Milliseconds"]!).ShouldBeLessThanOrEqualTo((double)document[series]!["maxMilliseconds"]!);
        }

        (await _skyc.DoAsync("ls", "-r", "home:first")).Lines.ShouldBeEmpty();
        (await _skyc.DoAsync("bench", "home:first", "--count", "1")).Out.ShouldContain("p99 ms");
        (await _skyc.RunAsync("bench", "home:missing", "--count", "2")).ExitCode.ShouldBe(ExitCode.NotFound);
        (await _skyc.RunAsync("bench", "home:first", "--count", "0")).ExitCode.ShouldBe(ExitCode.Usage);
        (await _skyc.RunAsync("bench", "home:first", "--size", "2GiB")).ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task Redirected_HasNoColourCodes()
    {
        foreach (var ran in new[] { await _skyc.RunAsync("doctor"), await _skyc.RunAsync("clouds"), await _skyc.RunAsync("ls", "home:missing"), await _skyc.RunAsync("--help") })
        {
            (ran.Out + ran.Error).ShouldNotContain('\u001b');
        }
    }

    [Fact]
    public async Task Terminal_HasColoursUnlessRefused()
    {
        _skyc.IsTerminal = true;

        (await _skyc.RunAsync("ls", "home:missing")).Error.ShouldContain("\u001b[");
        (await _skyc.RunAsync("ls", "--no-color", "home:missing")).Error.ShouldNotContain("\u001b[");
        _skyc.Variables["NO_COLOR"] = "1";
        (await _skyc.RunAsync("ls", "home:missing")).Error.ShouldNotContain("\u001b[");
    }

    [Theory]
    [InlineData("bash", "complete -F _skyc skyc")]
    [InlineData("zsh", "#compdef skyc")]
    [InlineData("fish", "complete -c skyc")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Completion_Shell_GetsItsScript(string shell, string said) => (await _skyc.DoAsync("completion", shell)).Out.ShouldContain(said);

    [Fact]
    public async Task Completion_UnknownShell_IsRefused() => (await _skyc.RunAsync("completion", "csh")).ExitCode.ShouldBe(ExitCode.Usage);

    [Theory]
    [InlineData("mi", "mirror")]
    [InlineData("ls ho", "home:")]
    [InlineData("ls @", "@media/")]
    [InlineData("ls --recu", "--recursive")]
    [InlineData("cp --overwrite ", "never")]
    public async Task Suggest_Line_IsCompleted(string line, string expected) => (await _skyc.DoAsync($"[suggest:{line.Length}]", line)).Lines.ShouldContain(suggested => suggested == expected);

    [Fact]
    public async Task Suggest_Nothing_HasNoSlashes() => (await _skyc.DoAsync("[suggest:0]", "")).Lines.ShouldNotContain(suggested => suggested.StartsWith('/'));

    [Fact]
    public async Task Verbose_ShowsOperations() => (await _skyc.DoAsync("ls", "home:", "--verbose")).Error.ShouldContain("SkyCompat.ObjectStorage");
}
