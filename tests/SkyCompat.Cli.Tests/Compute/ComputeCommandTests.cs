using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Cli.Tests.Support;

namespace SkyCompat.Cli.Tests.Compute;

/// <summary>The commands about instances, on real processes of this machine.</summary>
public sealed class ComputeCommandTests : IAsyncDisposable
{
    private readonly Skyc _skyc = new();

    public ComputeCommandTests() => _skyc.Write("setup.sh", "#!/bin/sh\necho hello from $SKYCOMPAT_INSTANCE\n");

    public async ValueTask DisposeAsync()
    {
        await _skyc.DoAsync("compute", "sweep", "--keep-none", "--min-age", "0s", "--delete");
        _skyc.Dispose();
    }

    [Fact]
    public async Task Life_OfAnInstance_FromOffersToSweep()
    {
        (await _skyc.DoAsync("compute", "offers", "--cloud", "home")).Out.ShouldContain("process.1x1");
        var launched = (await _skyc.DoAsync("compute", "launch", "web", "--cloud", "home", "--user-data", "setup.sh", "--public", "--tag", "team=blue", "--json", "--quiet")).Documents;
        var instance = launched.Single(document => (string)document["type"]! == "instance");
        var id = $"{instance["cloud"]}:{instance["id"]}";
        ((string)instance["phase"]!).ShouldBe("running");
        ((string)instance["tags"]!["team"]!).ShouldBe("blue");

        // The same name is the same instance.
        var again = (await _skyc.DoAsync("compute", "launch", "web", "--cloud", "home", "--user-data", "setup.sh", "--public", "--tag", "team=blue", "--json")).Documents;
        ((string)again.Single(document => (string)document["type"]! == "instance")["id"]!).ShouldBe((string)instance["id"]!);

        (await _skyc.DoAsync("compute", "ls")).Out.ShouldContain(id);
        (await _skyc.DoAsync("compute", "ssh-config", "home")).Out.ShouldContain("HostName 127.0.0.1");
        (await _skyc.DoAsync("compute", "console", id)).Out.ShouldContain("[skycompat] start 1");
        (await _skyc.DoAsync("compute", "stop", id)).Error.ShouldContain("stopped");
        (await _skyc.DoAsync("compute", "start", id)).Error.ShouldContain("running");
        (await _skyc.DoAsync("compute", "sweep", "--keep-none", "--min-age", "0s")).Out.ShouldContain($"would-remove instance {id}");
        (await _skyc.DoAsync("compute", "rm", "--yes", id)).Error.ShouldContain("gone");
        (await _skyc.DoAsync("compute", "ls", "--json")).Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Offers_ThatCannotBe_SayWhy()
    {
        var ran = await _skyc.RunAsync("compute", "launch", "big", "--vcpus", "100000");
        ran.ExitCode.ShouldBe(ExitCode.NotFound);
        ran.Error.ShouldContain("ruled out by Need: MinVCpus");
        (await _skyc.RunAsync("compute", "offers", "--vcpus", "100000")).ExitCode.ShouldBe(ExitCode.NotFound);
    }

    [Theory]
    [InlineData("compute launch Web", "is not a name")]
    [InlineData("compute launch web --user-data missing.sh", "There is no file 'missing.sh'")]
    [InlineData("compute launch web --tag x", "--tag 'x' is not NAME=VALUE")]
    [InlineData("compute launch web --open 0", "--open must be from 1 to 65535")]
    [InlineData("compute offers --data x", "--data 'x' is not PROVIDER/REGION=GIB")]
    [InlineData("compute offers --market cheap", "cheap")]
    [InlineData("compute rm nowhere:x", "There is no cloud 'nowhere'")]
    [InlineData("compute stop home:", "names no instance")]
    [InlineData("compute stop home:x --hibernate", "lacks Hibernate")]
    [InlineData("compute sweep --keep a --keep-none", "contradict")]
    [InlineData("compute console home:missing", "There is no instance 'missing'")]
    public async Task WrongInput_SaysWhatIsRight(string line, string said)
    {
        var ran = await _skyc.RunAsync(line.Split(' '));
        ran.ExitCode.ShouldNotBe(ExitCode.Done);
        ran.Error.ShouldContain(said);
    }

    [Fact]
    public async Task Launch_WhatThisMachineLacks_IsRefusedBeforeAnything()
    {
        var ran = await _skyc.RunAsync("compute", "launch", "web", "--cloud", "home", "--open", "80");
        ran.ExitCode.ShouldNotBe(ExitCode.Done);
        ran.Error.ShouldContain("lacks Firewall");
        (await _skyc.DoAsync("compute", "ls", "--json")).Out.ShouldBeEmpty();
    }
}
