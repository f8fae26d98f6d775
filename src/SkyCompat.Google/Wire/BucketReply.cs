namespace SkyCompat.Google;

/// <summary>A bucket, as the store describes it.</summary>
internal sealed class BucketReply
{
    public string? Name { get; set; }

    public string? Location { get; set; }

    public DateTimeOffset? TimeCreated { get; set; }

    /// <summary>Null for a bucket that never kept versions.</summary>
    public VersioningReply? Versioning { get; set; }
}
