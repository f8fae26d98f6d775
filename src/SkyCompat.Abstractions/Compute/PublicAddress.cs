namespace SkyCompat.Compute;

/// <summary>A public address that is kept until it is released.</summary>
/// <param name="Id">The id to give back to this library.</param>
/// <param name="Address">The IPv4 address.</param>
/// <param name="Location">The region.</param>
public sealed record PublicAddress(string Id, string Address, CloudLocation Location)
{
    /// <summary>The name; null if it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The instance it leads to; null if it is free, and then it may be billed.</summary>
    public string? AttachedTo { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
