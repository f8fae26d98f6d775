using System.Runtime.InteropServices;

namespace SkyCompat.Local;

/// <summary>Signals to process groups. The runtime has no call for them.</summary>
internal static class ProcessSignals
{
    private const int Term = 15;
    private const int Kill = 9;

    /// <summary>Whether the group has a member.</summary>
    public static bool Reaches(int group) => kill(-group, 0) == 0;

    /// <summary>Asks the leader of the group to end.</summary>
    public static void AskLeader(int group) => _ = kill(group, Term);

    /// <summary>Ends every member of the group.</summary>
    public static void EndGroup(int group) => _ = kill(-group, Kill);

#pragma warning disable SYSLIB1054, CA5392 // One call with blittable arguments: not worth allowing unsafe code, which the generator of LibraryImport needs.
    [DllImport("libc")]
    private static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054, CA5392
}
