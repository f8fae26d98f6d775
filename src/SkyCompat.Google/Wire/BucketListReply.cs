namespace SkyCompat.Google;

/// <summary>A page of buckets.</summary>
internal sealed class BucketListReply
{
    public List<BucketReply>? Items { get; set; }

    public string? NextPageToken { get; set; }
}
