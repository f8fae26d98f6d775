using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Conformance;
using SkyCompat.Contracts;
using SkyCompat.Emulators.GoogleCompute;

namespace SkyCompat.Compute.Tests.Google;

/// <summary>Compute Engine as the server of this repository has it, with every request and reply checked against Google's description.</summary>
public sealed class GceComputeHarness : ComputeHarness
{
    private readonly List<(ServiceProvider Host, ContractLog Contracts)> _opened = [];
    private GceEmulator? _emulator;

    public override string Provider => "Compute Engine";

    public override MachineNeed Need { get; } = new() { MinVCpus = 2, MaxVCpus = 2 };

    public override ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ValueTask.FromResult(ContractSpecs.UnavailableReason);

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _emulator = await GceEmulator.StartAsync(new GceEmulatorOptions { AccessTokens = [GceTestCloud.Token] });
        foreach (var (region, metric) in new[] { (GceTestCloud.Region, "CPUS"), (GceTestCloud.Region, "N2_CPUS"), (null, "CPUS_ALL_REGIONS"), (GceTestCloud.Region, "INSTANCES") })
        {
            _emulator.SetQuota(region, metric, 10_000);
        }
    }

    protected override IComputeService Open(string owner)
    {
        var opened = GceTestCloud.Build(_emulator ?? throw new InvalidOperationException("The harness is not initialized."), owner);
        lock (_opened)
        {
            _opened.Add(opened);
        }

        return opened.Services.GetRequiredService<ISky>().GetCloud("gce").Compute;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        foreach (var (host, contracts) in _opened)
        {
            await host.DisposeAsync();
            contracts.AssertClean();
        }

        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }

        await base.DisposeAsyncCore();
    }
}
