namespace SkyCompat.Compute;

/// <summary>An instance as it was when it was looked at.</summary>
public sealed record Instance
{
    /// <summary>The id to give back to this library. Opaque; it names the region or zone where the provider needs it.</summary>
    public required string Id { get; init; }

    /// <summary>The name; null if it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The configured cloud; filled by the engine.</summary>
    public string Cloud { get; init; } = "";

    /// <summary>The region and zone.</summary>
    public CloudLocation Location { get; init; }

    /// <summary>The phase.</summary>
    public required InstancePhase Phase { get; init; }

    /// <summary>The state as the provider spells it.</summary>
    public required string RawState { get; init; }

    /// <summary>Whether compute is billed in this state; disks and addresses may be billed all the same.</summary>
    public bool ComputeBilled { get; init; }

    /// <summary>Whether the provider took a spot instance back.</summary>
    public bool Preempted { get; init; }

    /// <summary>Why it is as it is, as far as the provider tells; null otherwise.</summary>
    public string? StateReason { get; init; }

    /// <summary>The provider's name of the instance type.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The market.</summary>
    public Market Market { get; init; }

    /// <summary>Addresses inside the network.</summary>
    public IReadOnlyList<string> PrivateAddresses { get; init; } = [];

    /// <summary>Addresses that can be reached from outside.</summary>
    public IReadOnlyList<string> PublicAddresses { get; init; } = [];

    /// <summary>All tags, the engine's (<c>skycompat-</c>) included.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When it was made, if the provider tells.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was looked at; filled by the engine.</summary>
    public DateTimeOffset ObservedAt { get; init; }
}
