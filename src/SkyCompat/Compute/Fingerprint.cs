using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Compute;

/// <summary>Short names for long descriptions: the same for the same, of any process.</summary>
internal static class Fingerprint
{
    /// <summary>The first hexadecimal digits of the SHA-256 of some texts, told apart by their lengths.</summary>
    public static string Of(int digits, params IEnumerable<string?> texts)
    {
        var joined = new StringBuilder();
        foreach (var text in texts)
        {
            joined.Append(CultureInfo.InvariantCulture, $"{text?.Length ?? -1}:{text};");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(joined.ToString())))[..digits];
    }

    /// <summary>The fingerprint of a launch: what may not change under one key.</summary>
    public static string Of(LaunchSpec spec, Offer offer) => Of(16, Parts(spec, offer));

    /// <summary>The fingerprint of firewall rules, whatever their order.</summary>
    public static string Of(IEnumerable<FirewallRule> rules, string? subnetId) => Of(8, [subnetId, .. rules.Select(rule => rule.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private static IEnumerable<string?> Parts(LaunchSpec spec, Offer offer)
    {
        yield return spec.Image.ToString();
        yield return Text(spec.Count);
        yield return Text(spec.MinCount ?? spec.Count);
        yield return spec.UserData;
        yield return spec.SshPublicKey;
        yield return spec.AdminUser;
        yield return Of(spec.Inbound, spec.SubnetId);
        yield return Text(spec.PublicAddress ? 1 : 0);
        yield return Text(spec.BootDiskGiB ?? 0);
        yield return spec.SpotInterruption.ToString();
        foreach (var (name, value) in spec.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            yield return name;
            yield return value;
        }

        yield return offer.Location.Region;
        yield return offer.Location.Zone;
        yield return offer.InstanceType;
        yield return offer.Market.ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
