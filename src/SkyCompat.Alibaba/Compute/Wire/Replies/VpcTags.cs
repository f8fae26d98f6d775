namespace SkyCompat.Alibaba;

/// <summary>The tags of something in VPC.</summary>
internal sealed record VpcTags
{
    public List<VpcTag>? Tag { get; init; }

    /// <summary>The tags by name.</summary>
    public static IReadOnlyDictionary<string, string> Read(VpcTags? tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags?.Tag ?? [])
        {
            read[tag.Key] = tag.Value;
        }

        return read;
    }
}
