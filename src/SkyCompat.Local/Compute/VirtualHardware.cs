namespace SkyCompat.Local;

/// <summary>What is kept of a virtual machine, so that it starts again as itself whatever the configuration says by then.</summary>
/// <param name="GuestPort">The guest's port that can be reached.</param>
/// <param name="Port">The port of 127.0.0.1 that leads to it: the same at each start, unless it was taken in between.</param>
internal sealed record VirtualHardware(int GuestPort, int Port)
{
    /// <summary>The disk image beneath its own disk; null if it has none.</summary>
    public string? Disk { get; init; }

    /// <summary>The kernel to start directly; null to start from the disk.</summary>
    public string? Kernel { get; init; }

    /// <summary>The kernel's initial ramdisk.</summary>
    public string? Initrd { get; init; }

    /// <summary>The kernel's arguments.</summary>
    public string? Arguments { get; init; }
}
