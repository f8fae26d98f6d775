using System.Diagnostics;
using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Local;

/// <summary>Machines that are process groups: a supervisor of a few lines of shell, which outlives this process, runs the user data at each start.</summary>
internal sealed class ProcessRunner(TimeSpan stopGrace, long maxConsoleBytes) : MachineRunner
{
    public override string Kind => "process";

    /// <summary>A process runs on this machine's own system, whatever family was asked for.</summary>
    public override IReadOnlyCollection<string> Families => ["local", "debian-12", "ubuntu-22.04", "ubuntu-24.04"];

    public override string? RefuseUserData(string userData) =>
        userData.StartsWith("#!", StringComparison.Ordinal) ? null : "a process instance runs scripts only; begin the user data with '#!', such as '#!/bin/sh'";

    public override LocalMachine Prepare(LocalMachine machine, LaunchRequest request, MachineFolder folder)
    {
        if (request.Spec.UserData is { } userData)
        {
            folder.SaveUserData(userData);
        }

        return machine;
    }

    public override LocalMachine Start(LocalMachine machine, MachineShape shape, MachineFolder folder)
    {
        var supervisor = Path.Combine(folder.FullPath, "supervisor");
        File.WriteAllText(supervisor, Supervisor.Script);
        var start = new ProcessStartInfo(Find("setsid")) { WorkingDirectory = folder.WorkPath, UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (IEnumerable<string>)["/bin/sh", supervisor, folder.FullPath, .. Limits(machine, shape)])
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start, machine, folder);
        using var process = Process.Start(start) ?? throw Cannot("the system started no process", null);

        // It says so once it leads a group of its own; before, there is no group to be seen.
        var ready = process.StandardOutput.ReadLine();
        var identity = (ready is null ? null : ProcessIdentity.Of(process.Id)) ?? throw Cannot($"the supervisor ended at once; its output is in '{folder.ConsolePath}'", null);
        return machine with { Process = identity };
    }

    private IEnumerable<string> Limits(LocalMachine machine, MachineShape shape)
    {
        yield return Math.Ceiling(stopGrace.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        yield return ((long)(shape.MemoryGiB * 1024 * 1024)).ToString(CultureInfo.InvariantCulture);

        // Instances spread over the processors by their names.
        var processors = Environment.ProcessorCount;
        var first = machine.Name.Sum(c => c) % processors;
        yield return string.Join(',', Enumerable.Range(0, Math.Min(shape.VCpus, processors)).Select(i => (first + i) % processors));
        yield return maxConsoleBytes.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The host's environment may hold its credentials: a machine gets none of it.</summary>
    private static void SetEnvironment(ProcessStartInfo start, LocalMachine machine, MachineFolder folder)
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        var language = Environment.GetEnvironmentVariable("LANG");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LANG"] = language ?? "C.UTF-8";
        start.Environment["HOME"] = folder.WorkPath;
        start.Environment["SKYCOMPAT_INSTANCE"] = machine.Name;
        start.Environment["SKYCOMPAT_BOOT"] = (machine.Boots + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string Find(string program) =>
        ProgramPath.Find(program) ?? throw Cannot($"the program '{program}' of util-linux is not on the PATH", null);

    private static CloudException Cannot(string why, Exception? cause) =>
        new(CloudErrorCode.Unsupported, $"Process instances cannot be started here: {why}. They need Linux, or another system with setsid.", cause);
}
