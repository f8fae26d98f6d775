namespace SkyCompat.Compute;

/// <summary>Where an instance is in its life, the same on every cloud.</summary>
public enum InstancePhase
{
    /// <summary>The provider's state is not known to this library; see <see cref="Instance.RawState"/>.</summary>
    Unknown = 0,

    /// <summary>Asked for; the provider does not show it yet.</summary>
    Requested,

    /// <summary>Capacity is being assigned.</summary>
    Provisioning,

    /// <summary>It starts.</summary>
    Booting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It starts anew.</summary>
    Rebooting,

    /// <summary>It stops.</summary>
    Stopping,

    /// <summary>It is stopped; <see cref="Instance.ComputeBilled"/> says whether it is paid for.</summary>
    Stopped,

    /// <summary>Its memory is being saved.</summary>
    Hibernating,

    /// <summary>Its memory is saved; starting goes on where it was.</summary>
    Hibernated,

    /// <summary>The provider is moving or mending it.</summary>
    Repairing,

    /// <summary>It is being deleted.</summary>
    Deleting,

    /// <summary>It is deleted.</summary>
    Gone,

    /// <summary>It never came to run, and will not.</summary>
    Failed,
}
