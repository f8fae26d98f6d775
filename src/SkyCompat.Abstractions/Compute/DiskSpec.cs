namespace SkyCompat.Compute;

/// <summary>Which disk to make.</summary>
/// <param name="Name">Names the intent: making one twice with one name gives the same disk. As <see cref="LaunchSpec.IdempotencyKey"/>.</param>
/// <param name="SizeGiB">The size, in GiB; from 1.</param>
/// <param name="Location">Where; the zone of the instances it is for.</param>
public sealed record DiskSpec(string Name, int SizeGiB, CloudLocation Location)
{
    /// <summary>The snapshot it starts from; null for an empty disk.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Tags of the application's own.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
