namespace SkyCompat.Clusters;

/// <summary>A version of Kubernetes that a cloud offers for new clusters and upgrades.</summary>
/// <param name="Name">The version as the provider spells it, such as <c>1.33</c> or <c>1.33.4-gke.1172000</c>.</param>
/// <param name="IsDefault">Whether clusters get it that ask for none.</param>
public sealed record ClusterVersion(string Name, bool IsDefault = false)
{
    /// <summary>Whether the provider offers it for trying out only.</summary>
    public bool IsPreview { get; init; }

    /// <summary>When standard support ends; null if the provider does not tell.</summary>
    public DateTimeOffset? SupportedUntil { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
