namespace SkyCompat.Compute;

/// <summary>The names of the tags by which this library knows what it made. Their values have lower-case letters, digits and hyphens only, so that every provider can hold them.</summary>
public static class ComputeTags
{
    /// <summary>What all names of this library's own tags start with.</summary>
    public const string Prefix = "skycompat-";

    /// <summary>Who made it: <c>SkyCompat:Compute:Owner</c> of configuration.</summary>
    public const string Owner = "skycompat-owner";

    /// <summary>For which intent: <see cref="LaunchSpec.IdempotencyKey"/>, or the name of a disk, snapshot or address.</summary>
    public const string Key = "skycompat-key";

    /// <summary>With which parameters: a fingerprint of specification and offer.</summary>
    public const string Spec = "skycompat-spec";

    /// <summary>Of an instance: the name of its firewall group.</summary>
    public const string Firewall = "skycompat-firewall";

    /// <summary>Of a virtual machine of provider <c>Local</c>, shown and not stored: the port of 127.0.0.1 that leads to the guest's.</summary>
    public const string Port = "skycompat-port";
}
