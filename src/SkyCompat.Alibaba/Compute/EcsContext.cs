using System.Globalization;

namespace SkyCompat.Alibaba;

/// <summary>What all parts of a cloud's compute share.</summary>
internal sealed class EcsContext
{
    public required RpcClient Rpc { get; init; }

    /// <summary>The cloud's own region, which ids do not name.</summary>
    public required string Region { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The category of boot disks and disks.</summary>
    public required string DiskCategory { get; init; }

    /// <summary>A time as the interfaces write it, with or without seconds; null if there is none.</summary>
    public static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>Takes an id apart.</summary>
    public EcsId Parse(string id) => EcsId.Parse(id, Region);

    /// <summary>The id to give out for something in a region.</summary>
    public string Format(string region, string id) => new EcsId(region, id).Format(Region);
}
