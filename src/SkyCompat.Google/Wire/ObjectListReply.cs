namespace SkyCompat.Google;

/// <summary>A page of objects and common prefixes.</summary>
internal sealed class ObjectListReply
{
    public List<ObjectReply>? Items { get; set; }

    public List<string>? Prefixes { get; set; }

    public string? NextPageToken { get; set; }
}
