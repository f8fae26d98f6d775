namespace SkyCompat.Compute;

/// <summary>A disk that can be attached to instances of its zone.</summary>
/// <param name="Id">The id to give back to this library.</param>
/// <param name="SizeGiB">The size, in GiB.</param>
/// <param name="Location">Where it is.</param>
public sealed record Disk(string Id, int SizeGiB, CloudLocation Location)
{
    /// <summary>The name; null if it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The state as the provider spells it.</summary>
    public string RawState { get; init; } = "";

    /// <summary>Whether it can be attached or used now.</summary>
    public bool IsReady { get; init; }

    /// <summary>The instance it is attached to; null if it is free.</summary>
    public string? AttachedTo { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When it was made, if the provider tells.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
