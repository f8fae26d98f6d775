namespace SkyCompat.Compute;

/// <summary>What to launch. The same on every cloud; where a provider cannot hold something, the launch fails before any request.</summary>
public sealed record LaunchSpec
{
    /// <summary>Names the intent: launching twice with one key gives the same instances, also after a crash and in another process. One to 40 lower-case letters, digits and hyphens,
    /// starting with a letter and ending in a letter or digit. It names the instances and stands in their tag <c>skycompat-key</c>.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The image.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>How many instances; from 1 to <see cref="ComputeCapabilities.MaxLaunchCount"/>.</summary>
    /// <value>Default: 1.</value>
    public int Count { get; init; } = 1;

    /// <summary>How many will do where not all can be had; from 1 to <see cref="Count"/>. With fewer nothing is kept and the launch fails.</summary>
    /// <value>Default: <see cref="Count"/>.</value>
    public int? MinCount { get; init; }

    /// <summary>What the instance runs at its first start: cloud-config text (<c>#cloud-config</c>) or a script (<c>#!</c>). At most <see cref="ComputeCapabilities.MaxUserDataBytes"/> in UTF-8.
    /// It can be read by whoever can read the instance: no place for secrets. It is not written to logs, errors or operation tokens.</summary>
    public string? UserData { get; init; }

    /// <summary>An OpenSSH public key line that is let in; null for none.</summary>
    public string? SshPublicKey { get; init; }

    /// <summary>The user that <see cref="SshPublicKey"/> is for, where the provider lets one choose (Azure, Google); others use the image's.</summary>
    /// <value>Default: <c>skycompat</c>.</value>
    public string AdminUser { get; init; } = "skycompat";

    /// <summary>The traffic that is let in. Instances of equal rules share a firewall group of the engine's own.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<FirewallRule> Inbound { get; init; } = [];

    /// <summary>The provider's id of the subnet to be in; null for the default network, which is made where the provider has none.</summary>
    public string? SubnetId { get; init; }

    /// <summary>Whether the instance gets a public address for its life.</summary>
    public bool PublicAddress { get; init; }

    /// <summary>The size of the boot disk, in GiB; null for the image's.</summary>
    public int? BootDiskGiB { get; init; }

    /// <summary>What becomes of a spot instance that is taken back.</summary>
    public SpotInterruption SpotInterruption { get; init; }

    /// <summary>Tags of the application's own; names that start with <c>skycompat-</c> are the engine's.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Everything but user data and key, which may be long or private.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"{Count} × {Image} for {IdempotencyKey}";
}
