namespace SkyCompat.Local;

/// <summary>What a virtual machine of this machine starts from: a disk, a kernel, or both. The files must stay as they are while an instance of the image is there.</summary>
public sealed class LocalVmImage
{
    /// <summary>The path of a disk image, qcow2 or raw. It is not written to: each instance has a disk of its own above it. Null for none; then <see cref="Kernel"/> is needed.</summary>
    /// <value>Default: null.</value>
    public string? Disk { get; set; }

    /// <summary>The path of a Linux kernel to start directly; null starts from <see cref="Disk"/>.</summary>
    /// <value>Default: null.</value>
    public string? Kernel { get; set; }

    /// <summary>The path of the initial ramdisk of <see cref="Kernel"/>; null for none.</summary>
    /// <value>Default: null.</value>
    public string? Initrd { get; set; }

    /// <summary>The arguments of <see cref="Kernel"/>.</summary>
    /// <value>Default: <c>console=ttyS0</c>, which makes the console readable.</value>
    public string Arguments { get; set; } = "console=ttyS0";
}
