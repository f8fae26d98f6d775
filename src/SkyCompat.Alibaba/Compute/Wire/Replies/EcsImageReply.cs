namespace SkyCompat.Alibaba;

/// <summary>A page of images.</summary>
internal sealed record EcsImageReply
{
    public ImageItems? Images { get; init; }

    public double TotalCount { get; init; }

    /// <summary>The list.</summary>
    internal sealed record ImageItems
    {
        public List<EcsImage>? Image { get; init; }
    }
}
