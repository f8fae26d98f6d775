using System.Text.Json;

namespace SkyCompat.Alibaba;

/// <summary>The id of something in a region, written <c>i-bp1…</c> in the cloud's own region and <c>eu-central-1/i-bp1…</c> in another, since every call must go to the region.</summary>
/// <param name="Region">The region.</param>
/// <param name="Id">The provider's id.</param>
internal readonly record struct EcsId(string Region, string Id)
{
    public static EcsId Parse(string text, string ownRegion) =>
        text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? new EcsId(text[..slash], text[(slash + 1)..]) : new EcsId(ownRegion, text);

    public string Format(string ownRegion) => string.Equals(Region, ownRegion, StringComparison.Ordinal) ? Id : $"{Region}/{Id}";

    /// <summary>The id as the only one of a JSON array, which is how lists are asked for by id.</summary>
    public string ToJsonArray() => ToJsonArray([Id]);

    /// <summary>Ids as a JSON array.</summary>
    public static string ToJsonArray(IEnumerable<string> ids) => $"[{string.Join(',', ids.Select(id => $"\"{JsonEncodedText.Encode(id)}\""))}]";
}
