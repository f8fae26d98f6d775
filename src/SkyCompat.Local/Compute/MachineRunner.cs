using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Local;

/// <summary>Starts and stops the machines of one kind. A machine is a process group, so whether it lives is the same for all kinds.</summary>
internal abstract class MachineRunner
{
    /// <summary>What the names of its instance types start with.</summary>
    public abstract string Kind { get; }

    /// <summary>The image families it can start.</summary>
    public abstract IReadOnlyCollection<string> Families { get; }

    /// <summary>Whether machines of this kind can be had here.</summary>
    public virtual bool IsOffered => !OperatingSystem.IsWindows();

    /// <summary>Whether SSH keys can be let in.</summary>
    public virtual bool TakesSshKeys => false;

    /// <summary>Says why user data cannot be run by this kind; null if it can.</summary>
    public abstract string? RefuseUserData(string userData);

    /// <summary>Writes what the machine needs before its first start. Done again if that is all that was done.</summary>
    /// <returns>The machine, with what is to be kept.</returns>
    /// <exception cref="CloudException">It cannot be had; nothing was written.</exception>
    public abstract LocalMachine Prepare(LocalMachine machine, LaunchRequest request, MachineFolder folder);

    /// <summary>Starts the machine.</summary>
    /// <returns>The machine, with its process group.</returns>
    public abstract LocalMachine Start(LocalMachine machine, MachineShape shape, MachineFolder folder);

    /// <summary>Asks the machine to end.</summary>
    public virtual void AskToStop(ProcessIdentity process, MachineFolder folder) => ProcessSignals.AskLeader(process.Pid);
}
