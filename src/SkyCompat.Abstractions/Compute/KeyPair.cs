namespace SkyCompat.Compute;

/// <summary>A named public key at a provider.</summary>
/// <param name="Name">Its name.</param>
public sealed record KeyPair(string Name)
{
    /// <summary>The region it is known in; null if in all.</summary>
    public string? Region { get; init; }

    /// <summary>The fingerprint as the provider computes it; null if it tells none.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
