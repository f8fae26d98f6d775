namespace SkyCompat.Alibaba;

/// <summary>An image.</summary>
internal sealed record EcsImage
{
    public string ImageId { get; init; } = "";

    public string? ImageName { get; init; }

    public string? Architecture { get; init; }

    public string? CreationTime { get; init; }
}
