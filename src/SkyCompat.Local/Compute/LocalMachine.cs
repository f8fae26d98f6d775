namespace SkyCompat.Local;

/// <summary>What is kept of a machine: enough for any process of this user to find it again.</summary>
internal sealed record LocalMachine
{
    /// <summary>The name, which is the id.</summary>
    public required string Name { get; init; }

    /// <summary>The instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>All tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was last asked.</summary>
    public WantedState Wanted { get; init; }

    /// <summary>Its process group; null before its first start.</summary>
    public ProcessIdentity? Process { get; init; }

    /// <summary>Its hardware, if it is a virtual machine.</summary>
    public VirtualHardware? Vm { get; init; }

    /// <summary>How often it was started.</summary>
    public int Boots { get; init; }

    /// <summary>When it was asked to stop; null if it was not.</summary>
    public DateTimeOffset? StopAskedAt { get; init; }

    /// <summary>Whether it is to start again once it has stopped.</summary>
    public bool StartsAgain { get; init; }
}
