using SkyCompat.Emulators.AzureResourceManager;

namespace SkyCompat.Providers.Tests.Azure;

/// <summary>Microsoft's own client drives the emulator of Azure Resource Manager: what it takes for an answer of the service is one. It sends tokens over HTTPS only.</summary>
public sealed class ArmEmulatorClientTests(ITestOutputHelper output)
{
    private const int Steps = 14;

    /// <summary>tests/servers/clients/arm/drive.mjs, every step of which must be ok. In CI a machine without Node or npm is a failure.</summary>
    [Fact]
    public async Task JavaScriptClient_EveryStep_Succeeds()
    {
        using var loopback = new LoopbackCertificate();
        await using var emulator = await ArmEmulator.StartAsync(new ArmEmulatorOptions { Token = "node", Certificate = loopback.Certificate });
        emulator.Endpoint.Scheme.ShouldBe(Uri.UriSchemeHttps);
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ARM_TOKEN"] = "node", ["NODE_EXTRA_CA_CERTS"] = loopback.TrustFile };

        var run = await NodeClient.DriveAsync("arm", [emulator.Endpoint.ToString()], variables, output);

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(Steps);
    }
}
