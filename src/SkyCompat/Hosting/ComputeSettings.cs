namespace SkyCompat;

/// <summary>The settings of compute on all clouds; the section <c>SkyCompat:Compute</c>.</summary>
public sealed class ComputeSettings
{
    /// <summary>Whose instances these are: the value of the tag <c>skycompat-owner</c>. Listing and sweeping see only what carries it. One to 40 lower-case letters, digits and hyphens,
    /// starting with a letter. Applications that share an account need different owners.</summary>
    /// <value>Default: <c>skycompat</c>.</value>
    public string Owner { get; set; } = "skycompat";

    /// <summary>A file of prices of instances in place of the built-in table, in its form; see docs/compute.md.</summary>
    /// <value>Default: the built-in table, which is dated.</value>
    public string? PricesPath { get; set; }

    /// <summary>How long an offer that had no capacity is left alone, over 0.</summary>
    /// <value>Default: 3 minutes.</value>
    public TimeSpan AvoidCapacityFor { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long offers whose quota is used up are left alone, over 0.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan AvoidQuotaFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long offers are left alone that a whole region has run out of, or that a quota of the market, region or account rules out, over 0.</summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan AvoidRegionFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The folder that keeps the state of placements, so that one that was cut off goes on in another process.</summary>
    /// <value>Default: <c>.skycompat/placements</c> in the current folder.</value>
    public string PlacementsPath { get; set; } = Path.Combine(".skycompat", "placements");
}
