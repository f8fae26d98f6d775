using System.Diagnostics;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Local;

/// <summary>Machines that are virtual machines: each one QEMU, leading a process group of its own, which outlives this process.</summary>
internal sealed class VmRunner(LocalVmOptions options) : MachineRunner
{
    private const string Program = "qemu-system-x86_64";
    private const string DiskProgram = "qemu-img";
    private const int StartTries = 3;
    private static readonly byte[] Qcow2 = [0x51, 0x46, 0x49, 0xfb];

    private readonly Dictionary<string, LocalVmImage> _images = new(options.Images, StringComparer.OrdinalIgnoreCase);

    public override string Kind => "vm";

    public override IReadOnlyCollection<string> Families => _images.Keys;

    public override bool IsOffered => base.IsOffered && _images.Count > 0 && LocalShapes.Architecture == CpuArchitecture.X64 && ProgramPath.Find(Program) is not null;

    public override bool TakesSshKeys => true;

    public override string? RefuseUserData(string userData) =>
        userData.StartsWith("#!", StringComparison.Ordinal) || userData.StartsWith("#cloud-config", StringComparison.Ordinal)
            ? null
            : "a virtual machine takes scripts and cloud-config; begin the user data with '#!' or '#cloud-config'";

    public override LocalMachine Prepare(LocalMachine machine, LaunchRequest request, MachineFolder folder)
    {
        _ = Find(Program, "qemu-system-x86");
        var image = _images[request.Image.Id];
        var hardware = new VirtualHardware(options.GuestPort, FreePort.Choose())
        {
            Disk = Existing(image.Disk, request),
            Kernel = Existing(image.Kernel, request),
            Initrd = Existing(image.Initrd, request),
            Arguments = image.Arguments,
        };
        VirtualSeed.Write(folder, machine.Name, request.Spec.UserData, request.Spec.SshPublicKey);
        return machine with { Vm = hardware };
    }

    public override LocalMachine Start(LocalMachine machine, MachineShape shape, MachineFolder folder)
    {
        var hardware = machine.Vm ?? throw new CloudException(CloudErrorCode.DataCorrupted, $"The record of instance '{machine.Name}' lacks its hardware. Terminate it.");
        MakeDisk(hardware, folder);
        for (var tries = 0; tries < StartTries; tries++)
        {
            hardware = hardware with { Port = FreePort.Choose(hardware.Port) };
            if (TryStart(machine, hardware, shape, folder) is { } process)
            {
                return machine with { Vm = hardware, Process = process };
            }
        }

        throw Cannot($"QEMU ended at once; what it said is in '{folder.ConsolePath}'");
    }

    /// <summary>Presses the power button. A machine that does not listen is ended when its time is up.</summary>
    public override void AskToStop(ProcessIdentity process, MachineFolder folder) => QmpSession.TryRun(process, folder.FullPath, "system_powerdown");

    private ProcessIdentity? TryStart(LocalMachine machine, VirtualHardware hardware, MachineShape shape, MachineFolder folder)
    {
        // The shell leads QEMU's errors to the console, and becomes QEMU.
        var start = Clean(Find("setsid", "util-linux"), machine, folder);
        start.RedirectStandardInput = true;
        foreach (var argument in (IEnumerable<string>)["/bin/sh", "-c", "exec \"$@\" 2>>console.log", "sh", Find(Program, "qemu-system-x86"), .. VirtualDevices.Arguments(hardware, shape, options.Accelerator)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw Cannot("the system started no process");

        // It answers only once it has all it was told to have, its port included.
        return new QmpSession(process.StandardOutput, process.StandardInput).TryRun("query-status") ? ProcessIdentity.Of(process.Id) : null;
    }

    /// <summary>Makes the instance's own disk, which holds what differs from the image's: wholly or not at all.</summary>
    private static void MakeDisk(VirtualHardware hardware, MachineFolder folder)
    {
        var path = Path.Combine(folder.FullPath, VirtualDevices.DiskName);
        if (hardware.Disk is not { } image || File.Exists(path))
        {
            return;
        }

        var next = path + ".new";
        var start = Clean(Find(DiskProgram, "qemu-utils"), null, folder);
        foreach (var argument in (string[])["create", "-q", "-f", "qcow2", "-F", FormatOf(image), "-b", image, next])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw Cannot("the system started no process");
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw Cannot($"{DiskProgram} made no disk above '{image}': {said}");
        }

        File.Move(next, path, overwrite: true);
    }

    private static string FormatOf(string image)
    {
        using var file = File.OpenRead(image);
        Span<byte> start = stackalloc byte[Qcow2.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Qcow2) ? "qcow2" : "raw";
    }

    /// <summary>The host's environment may hold its credentials: a machine gets none of it.</summary>
    private static ProcessStartInfo Clean(string program, LocalMachine? machine, MachineFolder folder)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder.FullPath, UseShellExecute = false, RedirectStandardOutput = true };
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["HOME"] = folder.WorkPath;
        if (machine is not null)
        {
            start.Environment["SKYCOMPAT_INSTANCE"] = machine.Name;
        }

        return start;
    }

    private static string? Existing(string? path, LaunchRequest request)
    {
        if (path is null)
        {
            return null;
        }

        var full = Path.GetFullPath(path);
        return File.Exists(full) ? full : throw new CloudException(CloudErrorCode.NotFound, $"The file '{full}' of image '{request.Image.Id}' is not there. Put it there, or change Local:Compute:Vm:Images.")
        {
            Reason = ComputeErrorReasons.ImageNotFound,
            Resource = request.Image.Id,
        };
    }

    private static string Find(string program, string package) => ProgramPath.Find(program) ?? throw Cannot($"the program '{program}' (of Debian's package {package}) is not on the PATH");

    private static CloudException Cannot(string why) => new(CloudErrorCode.Unsupported, $"Virtual machines cannot be started here: {why}.");
}
