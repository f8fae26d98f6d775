namespace SkyCompat.Alibaba;

/// <summary>A tag as VPC tells it.</summary>
internal sealed record VpcTag
{
    public string Key { get; init; } = "";

    public string Value { get; init; } = "";
}
