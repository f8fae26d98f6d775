using SkyCompat.Cli.Tests.Support;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Cli.Tests.Clusters;

/// <summary>The commands about clusters, on the fake of EKS.</summary>
public sealed class ClusterCommandTests : IAsyncLifetime
{
    private readonly EksEmulator _emulator = new() { Looks = 1 };
    private readonly Skyc _skyc = new();

    public async ValueTask InitializeAsync()
    {
        await _emulator.StartAsync();
        _skyc.Write("appsettings.json", $$"""
            { "SkyCompat": { "DefaultCloud": "aws", "Clouds": { "aws": { "Provider": "Aws", "Region": "eu-central-1",
              "Clusters": { "PollInterval": "00:00:00.001" },
              "Aws": { "EksEndpoint": "{{_emulator.Endpoint.GetLeftPart(UriPartial.Authority)}}", "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "very-secret",
                "EksClusterRole": "arn:aws:iam::123456789012:role/eks", "EksNodeRole": "arn:aws:iam::123456789012:role/node" } } } } }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        _skyc.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task Life_OfACluster_FromCreateToDelete()
    {
        var created = (await _skyc.DoAsync("clusters", "create", "aws:prod", "--kubernetes", "1.33", "--type", "m5.large", "--subnet", "subnet-1", "--subnet", "subnet-2", "--json", "--quiet")).Documents.Single();
        ((string)created["type"]!, (string)created["name"]!, (string)created["phase"]!, (string)created["version"]!).ShouldBe(("cluster", "prod", "running", "1.33"));
        (await _skyc.DoAsync("clusters", "ls")).Out.ShouldContain("aws:prod");
        (await _skyc.DoAsync("clusters", "ls", "aws", "--versions")).Out.ShouldContain("1.33 (default)");

        var scaled = (await _skyc.DoAsync("clusters", "scale", "prod", "--type", "m5.large", "--nodes", "4", "--label", "tier=web", "--taint", "only=web:NoExecute", "--json", "--quiet")).Documents.Single();
        ((int)scaled["count"]!, (string)scaled["phase"]!).ShouldBe((4, "running"));
        var ranged = (await _skyc.DoAsync("clusters", "scale", "prod", "--pool", "burst", "--type", "m5.large", "--autoscale", "0-3", "--json", "--quiet")).Documents.Single();
        ((int)ranged["min"]!, (int)ranged["max"]!).ShouldBe((0, 3));
        await _skyc.DoAsync("clusters", "scale", "prod", "--pool", "burst", "--remove");

        (await _skyc.DoAsync("clusters", "upgrade", "prod", "1.34", "--pools", "--json", "--quiet")).Documents.Single()["version"]!.ToString().ShouldBe("1.34");
        _emulator.Clusters["prod"].Pools.Keys.ShouldBe(["main"]);
        var kubeconfig = (await _skyc.DoAsync("clusters", "kubeconfig", "prod")).Out;
        kubeconfig.ShouldContain("k8s-aws-v1.");
        kubeconfig.ShouldNotContain("very-secret");

        (await _skyc.DoAsync("clusters", "delete", "--yes", "prod")).Error.ShouldContain("gone");
        (await _skyc.DoAsync("clusters", "ls", "--json")).Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_AsksOnATerminal_AndDoesNothingWithoutAYes()
    {
        await _skyc.DoAsync("clusters", "create", "prod", "--type", "m5.large", "--subnet", "subnet-1", "--subnet", "subnet-2");
        (_skyc.IsTerminal, _skyc.Answer) = (true, "n");
        var ran = await _skyc.RunAsync("clusters", "delete", "prod");
        ran.ExitCode.ShouldBe(ExitCode.Failed);
        ran.Error.ShouldContain("Nothing was deleted.");
        _emulator.Clusters.Keys.ShouldBe(["prod"]);
    }

    [Theory]
    [InlineData("clusters create aws:", "names no cluster")]
    [InlineData("clusters create nowhere:x", "There is no cloud 'nowhere'")]
    [InlineData("clusters create Prod --type m5.large", "is not a name")]
    [InlineData("clusters create prod --type m5.large --kubernetes 1.2", "does not offer version '1.2'")]
    [InlineData("clusters scale prod --autoscale 5", "is not MIN-MAX")]
    [InlineData("clusters scale prod --label x", "--label 'x' is not NAME=VALUE")]
    [InlineData("clusters scale prod --taint x", "--taint 'x' is not NAME=VALUE:EFFECT")]
    [InlineData("clusters scale prod --nodes -1", "--nodes")]
    [InlineData("clusters upgrade none 1.34", "There is no cluster 'none'")]
    [InlineData("clusters kubeconfig none", "There is no such cluster")]
    public async Task WrongInput_SaysWhatIsRight(string line, string said)
    {
        var ran = await _skyc.RunAsync(line.Split(' '));
        ran.ExitCode.ShouldNotBe(ExitCode.Done);
        ran.Error.ShouldContain(said);
    }
}
