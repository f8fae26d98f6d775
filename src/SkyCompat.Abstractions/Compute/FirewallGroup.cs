namespace SkyCompat.Compute;

/// <summary>A named set of rules that instances share.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Name">The name.</param>
/// <param name="Inbound">What is let in.</param>
public sealed record FirewallGroup(string Id, string Name, IReadOnlyList<FirewallRule> Inbound)
{
    /// <summary>The region it is in; null if in all.</summary>
    public string? Region { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
