using System.Globalization;

namespace SkyCompat.Local;

/// <summary>A process that leads a group of its own, told apart from a later one of the same number.</summary>
/// <param name="Pid">Its number, which is that of its group.</param>
/// <param name="StartedAt">When it started, as the system counts: the same for the same process only.</param>
/// <param name="Boot">Which run of the system; null where it has no name.</param>
internal sealed record ProcessIdentity(int Pid, string StartedAt, string? Boot)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>The identity of a process that runs; null if it does not.</summary>
    public static ProcessIdentity? Of(int pid) => StartOf(pid) is { } started ? new ProcessIdentity(pid, started, CurrentBoot()) : null;

    /// <summary>Whether the group has a member left.</summary>
    public bool IsAlive()
    {
        if (Boot != CurrentBoot() || !ProcessSignals.Reaches(Pid))
        {
            return false;
        }

        // The leader may have ended before its group. A leader of another start is another group.
        return StartOf(Pid) is not { } started || started == StartedAt;
    }

    private static string? CurrentBoot() => File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : null;

    private static string? StartOf(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                // proc(5): the name in brackets may hold anything, the 22nd field is the start in ticks since boot; a zombie has ended.
                var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : fields[19];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
