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

    /// <summary>The folder that keeps the state of placements, so that one that was cut off goes on in another process.</summary>
    /// <value>Default: <c>.skycompat/placements</c> in the current folder.</value>
    public string PlacementsPath { get; set; } = Path.Combine(".skycompat", "placements");
}
