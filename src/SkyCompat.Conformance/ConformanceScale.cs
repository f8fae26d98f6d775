namespace SkyCompat.Conformance;

/// <summary>How much work the cases do. The defaults keep a run under three minutes on a server that answers 60 requests a second.</summary>
public sealed record ConformanceScale
{
    /// <summary>A body just over what the engine sends in one request, in bytes.</summary>
    /// <value>Default: 16 MiB and 7 bytes.</value>
    public int LargeBytes { get; init; } = (16 << 20) + 7;

    /// <summary>The largest body that any case may write, in bytes; cases that need more are skipped. 64 MiB and above adds the largest ones.</summary>
    /// <value>Default: 17 MiB.</value>
    public long MaxBodyBytes { get; init; } = 17 << 20;

    /// <summary>How many objects the fixture of the long lists has; above 1,000, so that every provider needs a second page.</summary>
    /// <value>Default: 1,100; 5,100 also passes the longest page of Azure.</value>
    public int ListCount { get; init; } = 1_100;

    /// <summary>How many parts the upload with many parts has.</summary>
    /// <value>Default: 1,001.</value>
    public int PartCount { get; init; } = 1_001;

    /// <summary>How many keys the longest bulk delete has where the provider deletes many keys by one request; a tenth of it otherwise.</summary>
    /// <value>Default: 2,500.</value>
    public int DeleteCount { get; init; } = 2_500;

    /// <summary>How often something is repeated that must not use up a resource.</summary>
    /// <value>Default: 50; 1,000 in a nightly run.</value>
    public int Repeats { get; init; } = 50;

    /// <summary>How many requests fixtures have in flight.</summary>
    /// <value>Default: 16.</value>
    public int Parallelism { get; init; } = 16;

    /// <summary>When a case is given up: a guard against hanging, not a measure of speed.</summary>
    /// <value>Default: 3 minutes.</value>
    public TimeSpan CaseTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Whether known deviations (<see cref="ConformanceHarness.Quirks"/>) are run nevertheless: one that has gone fails, so that the list can be kept true.</summary>
    /// <value>Default: false.</value>
    public bool RunQuirks { get; init; }
}
