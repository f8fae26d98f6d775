namespace SkyCompat.Compute;

/// <summary>What can be done to an instance.</summary>
public enum InstanceAction
{
    /// <summary>Starts a stopped or hibernated instance.</summary>
    Start = 0,

    /// <summary>Stops it so that compute is no longer billed; the disk stays. On Azure it is deallocated.</summary>
    Stop,

    /// <summary>Stops it and keeps its place: compute is billed on. Needs <see cref="ComputeFeatures.StopKeepAllocated"/>.</summary>
    StopKeepAllocated,

    /// <summary>Saves its memory and stops it. Needs <see cref="ComputeFeatures.Hibernate"/>.</summary>
    Hibernate,

    /// <summary>Starts it anew.</summary>
    Reboot,

    /// <summary>Deletes it with its boot disk and its own address. Success if it is gone already.</summary>
    Terminate,
}
