namespace SkyCompat.Compute;

/// <summary>A private network.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Name">The name.</param>
public sealed record MachineNetwork(string Id, string Name)
{
    /// <summary>The region it is in; null if in all.</summary>
    public string? Region { get; init; }

    /// <summary>Its address range, such as <c>10.20.0.0/16</c>; null if the provider tells none.</summary>
    public string? AddressRange { get; init; }

    /// <summary>The subnets' ids, for <see cref="LaunchSpec.SubnetId"/>, by zone; the empty zone stands for the whole region.</summary>
    public IReadOnlyDictionary<string, string> SubnetIds { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>All tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
