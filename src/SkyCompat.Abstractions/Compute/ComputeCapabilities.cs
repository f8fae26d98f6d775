namespace SkyCompat.Compute;

/// <summary>What compute of a cloud can do and within which limits. Data, proven by the conformance suite; a provider's limits come from its documents.</summary>
public sealed record ComputeCapabilities
{
    /// <summary>What it can do.</summary>
    public required ComputeFeatures Features { get; init; }

    /// <summary>How many instances one launch makes at most.</summary>
    public int MaxLaunchCount { get; init; } = 100;

    /// <summary>The longest user data, in UTF-8 bytes.</summary>
    public int MaxUserDataBytes { get; init; } = 16 * 1024;

    /// <summary>How many tags an instance carries, the engine's own included.</summary>
    public int MaxTags { get; init; } = 50;

    /// <summary>The longest name of a tag, in characters.</summary>
    public int MaxTagKeyLength { get; init; } = 128;

    /// <summary>The longest value of a tag, in characters.</summary>
    public int MaxTagValueLength { get; init; } = 256;

    /// <summary>Whether names and values of tags have lower-case letters, digits, hyphens and underscores only, names starting with a letter, as Google's labels do.</summary>
    public bool RestrictedTags { get; init; }

    /// <summary>Whether compute has a feature, or all of several.</summary>
    /// <param name="features">One or more features.</param>
    /// <returns>True if it has them all.</returns>
    public bool Supports(ComputeFeatures features) => (Features & features) == features;
}
