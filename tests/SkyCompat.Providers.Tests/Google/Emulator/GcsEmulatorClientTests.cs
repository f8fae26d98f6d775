using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace SkyCompat.Providers.Tests.Google.Emulator;

/// <summary>Google's own clients drive the emulator: what they take for an answer of the service is one.</summary>
public sealed partial class GcsEmulatorClientTests(GcsEmulatorFixture fixture, ITestOutputHelper output) : IClassFixture<GcsEmulatorFixture>
{
    /// <summary>tests/servers/clients/gcs/drive.mjs, every step of which must be ok. In CI a machine without Node or npm is a failure.</summary>
    [Fact]
    public async Task JavaScriptClient_EveryStep_Succeeds()
    {
        fixture.Emulator.AddAccessToken("node");
        var run = await NodeClient.DriveAsync(
            "gcs",
            [fixture.Emulator.Endpoint.ToString()],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["GCS_TOKEN"] = "node", ["GCS_SERVICE_ACCOUNT"] = fixture.Emulator.ServiceAccountJson },
            output);
        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(19);
    }

    /// <summary>
    /// The gcloud command line. It comes from Google's own package source only, which CI does not use, so its absence is skipped,
    /// loudly, in CI as well; the JavaScript client is the one that CI insists on.
    /// </summary>
    [Fact]
    public async Task GcloudStorage_EveryCommand_Succeeds()
    {
        Assert.SkipUnless(CommandLine.Has("gcloud"), "gcloud is not on the PATH; it is not to be had from Debian, NuGet or npm, so the official JavaScript client alone drives the emulator here.");
        var folder = Directory.CreateTempSubdirectory("gcs-").FullName;
        try
        {
            await GcloudAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task GcloudAsync(string folder)
    {
        var bucket = "gs://gc-" + Guid.NewGuid().ToString("N")[..12];
        var big = RandomNumberGenerator.GetBytes(20 << 20);
        await File.WriteAllBytesAsync(Path.Combine(folder, "big"), big);
        await File.WriteAllTextAsync(Path.Combine(folder, "small"), "hello");
        Directory.CreateDirectory(Path.Combine(folder, "tree", "sub"));
        await File.WriteAllTextAsync(Path.Combine(folder, "tree", "a"), "a");
        await File.WriteAllTextAsync(Path.Combine(folder, "tree", "sub", "b ä+%20"), "b");

        await RunAsync("buckets", "create", bucket, "--location=EU");
        await RunAsync("buckets", "update", bucket, "--versioning");
        await RunAsync("cp", "small", bucket + "/small", "--custom-metadata=color=blue", "--cache-control=no-cache");
        (await RunAsync("cat", bucket + "/small")).ShouldBe("hello");
        var described = await RunAsync("objects", "describe", bucket + "/small");
        described.ShouldContain("color: blue");
        described.ShouldContain("cache_control: no-cache");

        // Beyond the threshold of 8 MiB gcloud uploads in a resumable session.
        await RunAsync("cp", "big", bucket + "/big");
        await RunAsync("cp", bucket + "/big", "back");
        (await File.ReadAllBytesAsync(Path.Combine(folder, "back"))).AsSpan().SequenceEqual(big).ShouldBeTrue();

        await RunAsync("cp", "-r", "tree", bucket);
        (await RunAsync("ls", "-r", bucket + "/tree")).ShouldContain(bucket + "/tree/sub/b ä+%20");
        await RunAsync("cp", bucket + "/big", bucket + "/copy");
        await RunAsync("mv", bucket + "/copy", bucket + "/moved");
        await RunAsync("objects", "compose", bucket + "/small", bucket + "/small", bucket + "/composed");
        (await RunAsync("cat", bucket + "/composed")).ShouldBe("hellohello");
        await RunAsync("objects", "update", bucket + "/small", "--content-type=a/b", "--update-custom-metadata=k=v");
        (await RunAsync("objects", "describe", bucket + "/small")).ShouldContain("content_type: a/b");
        await FailsAsync("412", "cp", "small", bucket + "/small", "--if-generation-match=0");
        await FailsAsync("matched no objects or files", "rm", bucket + "/none");

        // Overwritten once: two generations.
        await RunAsync("cp", "small", bucket + "/small");
        Generation().Count(await RunAsync("ls", "-a", bucket + "/small")).ShouldBe(2);
        await RunAsync("rm", "-r", "--all-versions", bucket);
        await FailsAsync("404", "ls", bucket);

        async Task<string> RunAsync(params string[] words)
        {
            var run = await StartAsync(words);
            run.ExitCode.ShouldBe(0, $"gcloud storage {string.Join(' ', words)}: {run.Output}{run.Errors}");
            return run.Output;
        }

        async Task FailsAsync(string reason, params string[] words)
        {
            var run = await StartAsync(words);
            run.ExitCode.ShouldNotBe(0);
            run.Errors.ShouldContain(reason);
        }

        async Task<CommandResult> StartAsync(string[] words)
        {
            var run = await CommandLine.RunAsync("gcloud", ["storage", .. words], folder, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["CLOUDSDK_CONFIG"] = Path.Combine(folder, "configuration"),
                ["CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE"] = new Uri(fixture.Emulator.Endpoint, "storage/v1/").ToString(),
                ["CLOUDSDK_AUTH_DISABLE_CREDENTIALS"] = "true",
                ["CLOUDSDK_CORE_PROJECT"] = "p",
                ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
                ["CLOUDSDK_CORE_CHECK_GCE_METADATA"] = "false",
                ["CLOUDSDK_CORE_DISABLE_USAGE_REPORTING"] = "true",
            });
            output.WriteLine($"{run.ExitCode} gcloud storage {string.Join(' ', words)}");
            return run;
        }
    }

    [GeneratedRegex("small#[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Generation();
}
