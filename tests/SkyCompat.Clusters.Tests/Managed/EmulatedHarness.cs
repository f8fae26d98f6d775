using SkyCompat.Conformance;
using SkyCompat.Contracts;
using SkyCompat.Emulators.Clusters;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>The engine over one of this repository's fakes, under the contract checks.</summary>
public abstract class EmulatedHarness<TEmulator> : ClusterHarness
    where TEmulator : ClusterEmulator, new()
{
    private readonly List<ClusterHost> _hosts = [];

    internal TEmulator Emulator { get; } = new() { Looks = 4 };

    internal ContractLog Contracts { get; } = new() { ThrowsAtOnce = Environment.GetEnvironmentVariable("SKYCOMPAT_CONTRACTS") != "collect" };

    public override ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ValueTask.FromResult(ContractSpecs.UnavailableReason);

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken) => await Emulator.StartAsync();

    internal ClusterHost OpenHost(string owner)
    {
        var host = Start(owner);
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        return host;
    }

    private protected abstract ClusterHost Start(string owner);

    protected override IClusterService Open(string owner) => OpenHost(owner).Clusters;

    protected override async ValueTask DisposeAsyncCore()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await base.DisposeAsyncCore();
        await Emulator.DisposeAsync();
        Contracts.AssertClean();
    }
}
