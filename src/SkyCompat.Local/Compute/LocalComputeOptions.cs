namespace SkyCompat.Local;

/// <summary>Settings of instances on this machine; the section <c>Compute</c> of <see cref="LocalOptions"/>.</summary>
public sealed class LocalComputeOptions
{
    internal static readonly TimeSpan DefaultStopGrace = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan LongestStopGrace = TimeSpan.FromMinutes(10);

    /// <summary>How many instances there may be at a time, from 1.</summary>
    /// <value>Default: 100.</value>
    public int MaxInstances { get; set; } = 100;

    /// <summary>How long an instance that is stopped may take to end by itself before it is killed, from 0 to 10 minutes.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan StopGrace { get; set; } = DefaultStopGrace;

    /// <summary>The settings of virtual machines; without an image there are none.</summary>
    public LocalVmOptions Vm { get; set; } = new();
}
