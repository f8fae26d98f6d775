namespace SkyCompat.Compute;

/// <summary>A disk's content at one time.</summary>
/// <param name="Id">The id to give back to this library.</param>
/// <param name="Location">The region.</param>
public sealed record DiskSnapshot(string Id, CloudLocation Location)
{
    /// <summary>The name; null if it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The disk it was taken of; null if the provider does not tell any more.</summary>
    public string? DiskId { get; init; }

    /// <summary>The size of the disk, in GiB.</summary>
    public int SizeGiB { get; init; }

    /// <summary>The state as the provider spells it.</summary>
    public string RawState { get; init; } = "";

    /// <summary>Whether it is complete.</summary>
    public bool IsReady { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When it was taken, if the provider tells.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
