using System.Globalization;
using SkyCompat.Compute;

namespace SkyCompat.Local;

/// <summary>QEMU's arguments. Files of the instance are named relative to its folder, in which QEMU runs, so that no path needs quoting or is too long.</summary>
internal static class VirtualDevices
{
    /// <summary>The instance's own disk, in its folder.</summary>
    public const string DiskName = "disk.qcow2";

    /// <summary>All arguments.</summary>
    public static IEnumerable<string> Arguments(VirtualHardware hardware, MachineShape shape, string accelerator) =>
    [
        .. Machine(shape, accelerator),
        .. Controls,
        .. hardware.Disk is null ? [] : BootDisk,
        .. Seed,
        .. Network(hardware),
        .. hardware.Kernel is { } kernel ? ["-kernel", kernel, "-append", hardware.Arguments ?? ""] : Array.Empty<string>(),
        .. hardware.Initrd is { } initrd ? ["-initrd", initrd] : Array.Empty<string>(),
    ];

    private static string[] Controls =>
    [
        "-display", "none", "-monitor", "none", "-parallel", "none",

        // What earlier starts wrote is kept.
        "-chardev", "file,id=console,path=console.log,append=on", "-serial", "chardev:console",
        "-chardev", $"socket,id=control,path={QmpSession.SocketName},server=on,wait=off", "-mon", "chardev=control,mode=control",

        // By which it tells whoever starts it that it runs; nobody is there later.
        "-chardev", "stdio,id=start,signal=off", "-mon", "chardev=start,mode=control",
    ];

    private static string[] BootDisk =>
    [
        "-blockdev", $"driver=file,filename={DiskName},node-name=file", "-blockdev", "driver=qcow2,file=file,node-name=boot", "-device", "virtio-blk-pci,drive=boot,bootindex=1",
    ];

    private static string[] Seed => ["-blockdev", $"driver=vvfat,node-name=seed,dir={VirtualSeed.FolderName},label=cidata,read-only=on", "-device", "virtio-blk-pci,drive=seed"];

    private static string[] Machine(MachineShape shape, string accelerator) =>
    [
        "-no-user-config", "-machine", "q35", "-accel", accelerator, "-cpu", "max",
        "-smp", shape.VCpus.ToString(CultureInfo.InvariantCulture),
        "-m", string.Create(CultureInfo.InvariantCulture, $"{(long)(shape.MemoryGiB * 1024)}M"),
        "-device", "virtio-rng-pci",
    ];

    private static string[] Network(VirtualHardware hardware) =>
    [
        "-netdev", string.Create(CultureInfo.InvariantCulture, $"user,id=net,hostfwd=tcp:127.0.0.1:{hardware.Port}-:{hardware.GuestPort}"),

        // Without a program to start from the network, which is a package of its own.
        "-device", "virtio-net-pci,netdev=net,romfile=",
    ];
}
