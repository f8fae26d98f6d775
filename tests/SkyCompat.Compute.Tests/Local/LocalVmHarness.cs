using SkyCompat.Conformance;

namespace SkyCompat.Compute.Tests.Local;

/// <summary>Virtual machines, each a QEMU of its own. Their stop does not wait for guests that have not started yet.</summary>
public sealed class LocalVmHarness : ComputeHarness
{
    private readonly VmHost _host = new() { Settings = { ["StopGrace"] = "00:00:00" } };

    public override string Provider => "Local virtual machines";

    public override bool IsBilled => false;

    public override MachineNeed Need { get; } = new() { InstanceType = "vm.1x1" };

    public override TimeSpan CaseTimeout => TimeSpan.FromMinutes(3);

    public override ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => ValueTask.FromResult(VmGuest.UnavailableReason);

    protected override IComputeService Open(string owner) => _host.Open(owner);

    protected override async ValueTask DisposeAsyncCore()
    {
        await _host.DisposeAsync();
        await base.DisposeAsyncCore();
    }
}
