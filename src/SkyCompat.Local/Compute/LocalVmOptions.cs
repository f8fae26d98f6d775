namespace SkyCompat.Local;

/// <summary>Settings of virtual machines on this machine; the section <c>Vm</c> of <see cref="LocalComputeOptions"/>. Their instance types, <c>vm.1x1</c> and larger, are offered where at
/// least one image is configured, <c>qemu-system-x86_64</c> is on the PATH and the processor is an x86-64.</summary>
public sealed class LocalVmOptions
{
    internal const int DefaultGuestPort = 22;
    internal const string DefaultAccelerator = "tcg";

    /// <summary>What virtual machines start from, by image family, such as <c>ubuntu-24.04</c>; letter case does not matter.</summary>
    public IDictionary<string, LocalVmImage> Images { get; set; } = new Dictionary<string, LocalVmImage>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The port of the guest, from 1 to 65,535, that is reached through a free port of 127.0.0.1, told by the instance's tag
    /// <see cref="SkyCompat.Compute.ComputeTags.Port"/>.</summary>
    /// <value>Default: 22.</value>
    public int GuestPort { get; set; } = DefaultGuestPort;

    /// <summary>QEMU's accelerator: <c>tcg</c>, which works everywhere and is slow, or <c>kvm</c>.</summary>
    /// <value>Default: <c>tcg</c>.</value>
    public string Accelerator { get; set; } = DefaultAccelerator;
}
