using SkyCompat.Conformance;

namespace SkyCompat.Compute.Tests.Local;

/// <summary>The cases of the contract that depend on the kind of instance. The others are the driver's, and hold by those of process instances. Each case has a host of its own, so that
/// no more guests run than it needs: a guest takes a processor while it starts, and a quarter of a GiB.</summary>
public sealed class LocalVmConformance
{
    public static TheoryData<string> Cases { get; } =
    [
        "offers.type", "offers.probe", "images.id",
        "launch.runs", "launch.tags", "launch.key.elsewhere", "launch.key.again", "launch.several", "launch.image.unknown", "launch.user-data", "launch.public-address", "launch.ssh-key",
        "launch.unsupported", "get.listed", "list.gone", "act.stop-start", "act.reboot", "act.reboot.stopped", "act.terminate.stopped", "console.text", "operation.resume.action", "sweep.keys",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Case(string id)
    {
        VmGuest.Require();
        await using var harness = new LocalVmHarness();
        (await ComputeSuite.RunAsync(id, harness, TestContext.Current.CancellationToken)).ShouldBeNull();
    }
}
