namespace SkyCompat.Alibaba;

/// <summary>The tags of something in ECS.</summary>
internal sealed record EcsTags
{
    public List<EcsTag>? Tag { get; init; }

    /// <summary>The tags by name.</summary>
    public static IReadOnlyDictionary<string, string> Read(EcsTags? tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags?.Tag ?? [])
        {
            read[tag.TagKey] = tag.TagValue;
        }

        return read;
    }
}
