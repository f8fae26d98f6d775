namespace SkyCompat.Google;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class GceList<T>
{
    public List<T>? Items { get; set; }

    public string? NextPageToken { get; set; }
}
