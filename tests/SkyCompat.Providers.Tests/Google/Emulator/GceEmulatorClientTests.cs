using SkyCompat.Emulators.GoogleCompute;

namespace SkyCompat.Providers.Tests.Google.Emulator;

/// <summary>Google's own client drives the Compute Engine emulator: what it takes for an answer of the service is one.</summary>
public sealed class GceEmulatorClientTests(ITestOutputHelper output)
{
    /// <summary>tests/servers/clients/gce/drive.mjs, every step of which must be ok. In CI a machine without Node or npm is a failure.</summary>
    [Fact]
    public async Task JavaScriptClient_EveryStep_Succeeds()
    {
        await using var emulator = await GceEmulator.StartAsync(new GceEmulatorOptions { ProjectId = "p", AccessTokens = ["node"] });
        var run = await NodeClient.DriveAsync("gce", [emulator.Endpoint.ToString()], new Dictionary<string, string?>(StringComparer.Ordinal) { ["GCE_TOKEN"] = "node" }, output);
        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(17);
    }
}
