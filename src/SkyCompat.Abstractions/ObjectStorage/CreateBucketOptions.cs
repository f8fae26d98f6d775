namespace SkyCompat.ObjectStorage;

/// <summary>How to make a bucket.</summary>
public sealed record CreateBucketOptions
{
    /// <summary>The region; null for the cloud's own.</summary>
    public string? Region { get; init; }
}
