namespace SkyCompat.Local;

/// <summary>Settings of instances on this machine; the section <c>Compute</c> of <see cref="LocalOptions"/>.</summary>
public sealed class LocalComputeOptions
{
    internal static readonly TimeSpan DefaultStopGrace = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan LongestStopGrace = TimeSpan.FromMinutes(10);

    internal const long LeastConsoleBytes = 64 * 1024;
    internal const long MostConsoleBytes = 1L << 40;

    /// <summary>How many instances there may be at a time, from 1.</summary>
    /// <value>Default: 100.</value>
    public int MaxInstances { get; set; } = 100;

    /// <summary>How long an instance that is stopped may take to end by itself before it is killed, from 0 to 10 minutes.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan StopGrace { get; set; } = DefaultStopGrace;

    /// <summary>How long the console log of a process instance may grow, in bytes, from 65,536 to 1,099,511,627,776. A longer one loses its older half; it is looked at every 2 seconds, so that what
    /// is written in between comes on top. Instances that were started before keep the bound of then.</summary>
    /// <value>Default: 16,777,216 (16 MiB).</value>
    public long MaxConsoleBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The settings of virtual machines; without an image there are none.</summary>
    public LocalVmOptions Vm { get; set; } = new();
}
