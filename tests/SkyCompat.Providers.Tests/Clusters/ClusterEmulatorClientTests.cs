using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Providers.Tests.Clusters;

/// <summary>The providers' own clients drive the emulators of managed clusters: what they take for an answer of the service is one.</summary>
/// <remarks>tests/servers/clients/NAME/drive.mjs, every step of which must be ok. In CI a machine without Node or npm is a failure.</remarks>
public sealed class ClusterEmulatorClientTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Eks_EveryStepOfAmazonsClient_Succeeds() => await DriveAsync("eks", new EksEmulator(), 10);

    [Fact]
    public async Task Gke_EveryStepOfGooglesClient_Succeeds() => await DriveAsync("gke", new GkeEmulator(), 8);

    [Fact]
    public async Task Ack_EveryStepOfAlibabasClient_Succeeds() => await DriveAsync("ack", new AckEmulator(), 8);

    /// <summary>This one sends tokens over HTTPS only.</summary>
    [Fact]
    public async Task Aks_EveryStepOfMicrosoftsClient_Succeeds()
    {
        using var loopback = new LoopbackCertificate();
        await DriveAsync("aks", new AksEmulator { Certificate = loopback.Certificate }, 11, new Dictionary<string, string?>(StringComparer.Ordinal) { ["NODE_EXTRA_CA_CERTS"] = loopback.TrustFile });
    }

    private async Task DriveAsync(string client, ClusterEmulator emulator, int steps, IReadOnlyDictionary<string, string?>? variables = null)
    {
        await using var owned = emulator;
        await emulator.StartAsync();

        // Alibaba's client takes no scheme.
        var place = emulator is AckEmulator ? emulator.Endpoint.Authority : emulator.Endpoint.ToString();
        var run = await NodeClient.DriveAsync(client, [place], variables ?? new Dictionary<string, string?>(StringComparer.Ordinal), output);

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        run.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(steps);
    }
}
