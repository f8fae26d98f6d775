namespace SkyCompat.ObjectStorage;

/// <summary>Which version to look at.</summary>
public sealed record GetInfoOptions
{
    /// <summary>A version id; null for the current version. Needs <see cref="BucketFeatures.Versions"/>.</summary>
    public string? VersionId { get; init; }
}
