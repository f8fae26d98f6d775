namespace SkyCompat.Compute;

/// <summary>What to launch wherever it is best.</summary>
public sealed record PlacementRequest
{
    /// <summary>What a machine must have.</summary>
    public required MachineNeed Need { get; init; }

    /// <summary>What to launch. Its key names the whole placement, and may have 34 characters at most: each attempt adds a few.</summary>
    public required LaunchSpec Launch { get; init; }

    /// <summary>The clouds to look at, by their configured names; empty for all that have compute.</summary>
    public IReadOnlyList<string> Clouds { get; init; } = [];

    /// <summary>The regions that will do; a star at the end fits any rest, such as <c>eu-*</c>. Empty for all that are configured.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The regions liked best, in order, with stars as in <see cref="Regions"/>; others come after them.</summary>
    public IReadOnlyList<string> PreferredRegions { get; init; } = [];

    /// <summary>The jurisdictions that will do, such as <c>EU</c>, <c>US</c>, <c>UK</c> or <c>CN</c>; empty for any. A region whose jurisdiction is not known is ruled out by any.</summary>
    public IReadOnlyList<string> Jurisdictions { get; init; } = [];

    /// <summary>The highest price of an hour, in US dollars; null for any. Rules out offers without a price.</summary>
    public decimal? MaxHourlyPriceUsd { get; init; }

    /// <summary>How long the instances will run, to weigh the price against the cost of moving data; over 0.</summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan ExpectedRunTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The data they will read; null for none.</summary>
    public DataLocation? Data { get; init; }

    /// <summary>How many offers are launched at most before giving up; from 1.</summary>
    /// <value>Default: 20.</value>
    public int MaxAttempts { get; init; } = 20;
}
