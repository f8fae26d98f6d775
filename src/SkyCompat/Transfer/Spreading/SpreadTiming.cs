namespace SkyCompat.Transfer.Spreading;

/// <summary>How often the members of a transfer look at each other.</summary>
internal sealed record SpreadTiming
{
    /// <summary>How often a member says that it lives.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a member may be silent. Generous: who is taken for dead and is not only does work twice.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often what others do is looked at.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(2);
}
