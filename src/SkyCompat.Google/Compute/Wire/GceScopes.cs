namespace SkyCompat.Google;

/// <summary>A page of a list over all places, by place such as <c>zones/europe-west3-a</c>.</summary>
internal sealed class GceScopes
{
    public Dictionary<string, GceScope>? Items { get; set; }

    public string? NextPageToken { get; set; }
}
