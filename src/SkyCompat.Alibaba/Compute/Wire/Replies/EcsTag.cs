namespace SkyCompat.Alibaba;

/// <summary>A tag as ECS tells it.</summary>
internal sealed record EcsTag
{
    public string TagKey { get; init; } = "";

    public string TagValue { get; init; } = "";
}
