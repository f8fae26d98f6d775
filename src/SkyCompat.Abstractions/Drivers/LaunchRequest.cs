using SkyCompat.Compute;

namespace SkyCompat.Drivers;

/// <summary>A launch as a driver gets it: checked, with the image found and all names decided.</summary>
public sealed record LaunchRequest
{
    /// <summary>What the application asked for. Count and MinCount are those of the request below.</summary>
    public required LaunchSpec Spec { get; init; }

    /// <summary>Where and on what.</summary>
    public required Offer Offer { get; init; }

    /// <summary>The image.</summary>
    public required MachineImage Image { get; init; }

    /// <summary>The names of the instances to make, in order: the key and a number. One without <see cref="ComputeFeatures.BulkLaunch"/>. Valid host names.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>How many of them will do; never more than there are.</summary>
    public required int MinCount { get; init; }

    /// <summary>The same for the same intent: 32 hexadecimal digits.</summary>
    public required string ClientToken { get; init; }

    /// <summary>All tags of the instances and of their disks: the application's and the engine's. A name of an instance is no tag; a provider that shows names by a tag adds it.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The tags of what is shared between launches: the owner only.</summary>
    public required IReadOnlyDictionary<string, string> SharedTags { get; init; }

    /// <summary>The name of the firewall group for <see cref="LaunchSpec.Inbound"/>: the same for the same rules. The engine has ensured it before <see cref="ComputeDriver.PrepareAsync"/>, and its
    /// id is <see cref="FirewallGroupId"/>.</summary>
    public string? FirewallGroupId { get; init; }

    /// <summary>The name of the key pair for <see cref="LaunchSpec.SshPublicKey"/>, the same for the same key, imported before by the engine; null without one, or without
    /// <see cref="ComputeFeatures.KeyPairs"/>.</summary>
    public string? KeyPairName { get; init; }

    /// <summary>What <see cref="ComputeDriver.PrepareAsync"/> returned; empty while it runs.</summary>
    public IReadOnlyDictionary<string, string> Prepared { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
