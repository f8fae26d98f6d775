namespace SkyCompat.ObjectStorage;

/// <summary>The properties of a bucket.</summary>
public sealed record BucketInfo
{
    /// <summary>Its name at the provider.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made, UTC; null if the provider does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The region it is in; null if the provider does not say.</summary>
    public string? Region { get; init; }
}
