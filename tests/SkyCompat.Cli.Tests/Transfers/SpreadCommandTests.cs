using SkyCompat.Cli.Tests.Support;

namespace SkyCompat.Cli.Tests.Transfers;

/// <summary>Transfers over a cluster from the command line, as far as they go without one.</summary>
public sealed class SpreadCommandTests : IDisposable
{
    private readonly Skyc _skyc = new();

    public void Dispose() => _skyc.Dispose();

    [Theory]
    [InlineData("--on-cluster", "SKYC_IMAGE", "home:first/a/", "away:first/a/", "--on-cluster", "kube:prod")]
    [InlineData("no cluster", "nowhere", "home:first/a/", "away:first/a/", "--on-cluster", "nowhere", "--image", "skyc:1")]
    [InlineData("url", "http or https URL", "home:first/a/", "away:first/a/", "--on-cluster", "kube:prod", "--image", "skyc:1", "--source-endpoint", "store:80")]
    [InlineData("workers", "--workers must be from 1 to 1000", "home:first/a/", "away:first/a/", "--on-cluster", "kube:prod", "--image", "skyc:1", "--workers", "0")]
    [InlineData("this machine", "which is this machine", "home:first/a/", "away:first/a/", "--on-cluster", "kube:prod", "--image", "skyc:1")]
    public async Task Copy_WhatCannotBe_IsSaid(string what, string said, params string[] arguments)
    {
        AddCluster();
        await _skyc.DoAsync("mb", "home:first", "away:first");

        var ran = await _skyc.RunAsync(["cp", "-r", .. arguments]);

        ran.ExitCode.ShouldBe(what is "no cluster" ? ExitCode.NotFound : ExitCode.Usage, $"{what}: {ran.Error}");
        ran.Error.ShouldContain(said);
    }

    /// <summary>What the command line alone decides is said before a cluster is looked for: none is configured here.</summary>
    [Theory]
    [InlineData("folder", "folder' is on this machine", "--image", "skyc:1")]
    [InlineData("home:first", "SKYC_IMAGE")]
    [InlineData("home:first", "none is configured. Configure it at SkyCompat:Clusters:nowhere", "--image", "skyc:1")]
    public async Task Sync_OnNoCluster_NamesTheFirstMistake(string source, string said, params string[] more)
    {
        _skyc.Write("folder/a", "a");
        await _skyc.DoAsync("mb", "home:first", "away:first");

        var ran = await _skyc.RunAsync(["sync", source, "away:first", "--on-cluster", "nowhere", .. more]);

        ran.ExitCode.ShouldNotBe(ExitCode.Done);
        ran.Error.ShouldContain(said);
    }

    [Fact]
    public async Task DryRun_NeedsNeitherClusterNorImage()
    {
        await _skyc.DoAsync("mb", "home:first", "away:first");
        _skyc.Write("a", "a");
        await _skyc.DoAsync("cp", "a", "home:first/a");

        var ran = await _skyc.RunAsync("sync", "home:first", "away:first", "--on-cluster", "nowhere", "--dry-run");

        ran.ExitCode.ShouldBe(ExitCode.Done, ran.Error);
        ran.Out.ShouldContain("a");
    }

    [Fact]
    public async Task Worker_WithoutATransfer_SaysSo()
    {
        _skyc.Variables["SkyCompat__Buckets__source__Name"] = "first";
        _skyc.Variables["SkyCompat__Buckets__destination__Name"] = "first";
        await _skyc.DoAsync("mb", "home:first");

        var missing = await _skyc.RunAsync("transfer-worker", "0123456789abcdef");
        var wrong = await _skyc.RunAsync("transfer-worker", "nonsense");

        missing.ExitCode.ShouldBe(ExitCode.NotFound);
        missing.Error.ShouldContain("There is no transfer '0123456789abcdef'");
        wrong.ExitCode.ShouldBe(ExitCode.Usage);
        wrong.Error.ShouldContain("16 lower-case hexadecimal digits");
    }

    /// <summary>A cluster that nobody asks anything.</summary>
    private void AddCluster()
    {
        _skyc.Variables["SkyCompat__Clouds__kube__Provider"] = "Kubernetes";
        _skyc.Variables["SkyCompat__Clouds__kube__Kubernetes__Kubeconfig"] = _skyc.Write("kubeconfig", """
            apiVersion: v1
            kind: Config
            clusters: [{name: prod, cluster: {server: "https://127.0.0.1:9"}}]
            users: [{name: me, user: {token: secret}}]
            contexts: [{name: prod, context: {cluster: prod, user: me}}]
            current-context: prod
            """);
    }
}
