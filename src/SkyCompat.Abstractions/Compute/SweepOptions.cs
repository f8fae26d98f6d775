namespace SkyCompat.Compute;

/// <summary>What a sweep removes of what this library made.</summary>
public sealed record SweepOptions
{
    /// <summary>Whether it only tells what it would remove.</summary>
    /// <value>Default: true.</value>
    public bool DryRun { get; init; } = true;

    /// <summary>The idempotency keys whose instances are wanted; null to leave all instances alone and remove only what no instance uses.</summary>
    public IReadOnlySet<string>? KeepKeys { get; init; }

    /// <summary>Leaves alone what is younger, since a launch under way looks like an orphan; from zero. What tells no age counts as old.</summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan MinAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The regions to look in; empty for the cloud's own.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];
}
