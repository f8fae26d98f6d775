using SkyCompat.Compute;

namespace SkyCompat.Local;

/// <summary>Starts and stops the machines of one kind. A machine is a process group, so whether it lives is the same for all kinds.</summary>
internal abstract class MachineRunner
{
    /// <summary>What the names of its instance types start with.</summary>
    public abstract string Kind { get; }

    /// <summary>Says why user data cannot be run by this kind; null if it can.</summary>
    public abstract string? RefuseUserData(string userData);

    /// <summary>Starts the machine.</summary>
    /// <returns>Its process group.</returns>
    public abstract ProcessIdentity Start(LocalMachine machine, MachineShape shape, MachineFolder folder);

    /// <summary>Asks the machine to end.</summary>
    public virtual void AskToStop(ProcessIdentity process, MachineFolder folder) => ProcessSignals.AskLeader(process.Pid);
}
