using System.Net;
using System.Text;
using SkyCompat.Diagnostics;

namespace SkyCompat.Compute;

/// <summary>What can be known to be wrong before any request.</summary>
internal sealed class ComputeChecks(CloudIdentity cloud, ComputeCapabilities capabilities)
{
    private const int MaxNameLength = 40;
    private const int MaxGroupNameLength = 60;

    /// <summary>Whether a text can be an idempotency key, a disk's name or an owner.</summary>
    public static bool IsName(string text, int maxLength = MaxNameLength) =>
        text.Length >= 1 && text.Length <= maxLength && char.IsAsciiLetterLower(text[0]) && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static void CheckName(string name, string parameter, int maxLength = MaxNameLength)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        if (!IsName(name, maxLength))
        {
            throw new ArgumentException($"'{name}' is not a name: use 1 to {maxLength} lower-case letters, digits and hyphens, starting with a letter and not ending in a hyphen.", parameter);
        }
    }

    public static void CheckGroupName(string name, string parameter) => CheckName(name, parameter, MaxGroupNameLength);

    public static void CheckNeed(MachineNeed need)
    {
        ArgumentNullException.ThrowIfNull(need);
        if (need.MinVCpus < 1)
        {
            throw new ArgumentException($"MinVCpus must be at least 1, not {need.MinVCpus}.", nameof(need));
        }

        if (need.MinMemoryGiB < 0)
        {
            throw new ArgumentException($"MinMemoryGiB must not be negative, as {need.MinMemoryGiB} is.", nameof(need));
        }

        if (need.MaxVCpus < need.MinVCpus)
        {
            throw new ArgumentException($"MaxVCpus ({need.MaxVCpus}) is less than MinVCpus ({need.MinVCpus}).", nameof(need));
        }

        if (need.MaxMemoryGiB < need.MinMemoryGiB)
        {
            throw new ArgumentException($"MaxMemoryGiB ({need.MaxMemoryGiB}) is less than MinMemoryGiB ({need.MinMemoryGiB}).", nameof(need));
        }

        if (need.Gpu is { Count: < 1 })
        {
            throw new ArgumentException($"Gpu.Count must be at least 1, not {need.Gpu.Count}; leave Gpu out for none.", nameof(need));
        }

        if (need.Markets.Count == 0 || need.Markets.Distinct().Count() != need.Markets.Count || !need.Markets.All(Enum.IsDefined))
        {
            throw new ArgumentException($"Markets must name each wanted market once: {string.Join(", ", Enum.GetNames<Market>())}.", nameof(need));
        }
    }

    public void CheckOffer(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (!string.Equals(offer.Cloud, cloud.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The offer is of cloud '{offer.Cloud}', this is '{cloud.Name}': launch it there.", nameof(offer));
        }
    }

    public void CheckLaunch(LaunchSpec spec, Offer offer)
    {
        ArgumentNullException.ThrowIfNull(spec);
        CheckOffer(offer);
        CheckName(spec.IdempotencyKey, nameof(spec));
        if (spec.Image is null)
        {
            throw new ArgumentException("Image is missing.", nameof(spec));
        }

        if (spec.Count < 1 || spec.Count > capabilities.MaxLaunchCount)
        {
            throw new ArgumentOutOfRangeException(nameof(spec), spec.Count, $"Count must be from 1 to {capabilities.MaxLaunchCount} on cloud '{cloud.Name}'.");
        }

        if (spec.MinCount is { } least && (least < 1 || least > spec.Count))
        {
            throw new ArgumentOutOfRangeException(nameof(spec), least, $"MinCount must be from 1 to Count ({spec.Count}).");
        }

        CheckRules(spec.Inbound);
        Need(offer.Market == Market.Spot, ComputeFeatures.Spot);
        Need(wanted: true, FeaturesOf(spec));
        if (spec.SshPublicKey is { } key)
        {
            CheckPublicKey(key, nameof(spec));
        }

        if (spec.BootDiskGiB is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(spec), spec.BootDiskGiB, "BootDiskGiB must be at least 1.");
        }

        if (spec.UserData is { } data && Encoding.UTF8.GetByteCount(data) is var bytes && bytes > capabilities.MaxUserDataBytes)
        {
            throw Invalid(
                ComputeErrorReasons.UserDataTooLarge,
                $"User data has {bytes} bytes in UTF-8; cloud '{cloud.Name}' takes {capabilities.MaxUserDataBytes}. Put the rest into a bucket and let the script fetch it.");
        }

        CheckTags(spec.Tags);
    }

    /// <summary>What a launch asks of a cloud.</summary>
    public static ComputeFeatures FeaturesOf(LaunchSpec spec) =>
        (spec.Inbound.Count > 0 ? ComputeFeatures.Firewall : ComputeFeatures.None)
        | (spec.SubnetId is not null ? ComputeFeatures.Networks : ComputeFeatures.None)
        | (spec.PublicAddress ? ComputeFeatures.PublicAddress : ComputeFeatures.None)
        | (spec.SshPublicKey is not null ? ComputeFeatures.SshKeys : ComputeFeatures.None)
        | (spec.BootDiskGiB is not null ? ComputeFeatures.Disks : ComputeFeatures.None)
        | (spec.UserData is not null ? ComputeFeatures.UserData : ComputeFeatures.None);

    /// <summary>Fails if the cloud lacks a feature that is wanted.</summary>
    public void Need(bool wanted, ComputeFeatures features)
    {
        if (wanted && !capabilities.Supports(features))
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"Compute of cloud '{cloud.Name}' lacks {features & ~capabilities.Features}. It has: {capabilities.Features}.") { Provider = cloud.Provider };
        }
    }

    public void CheckTags(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        const int own = 4;
        if (tags.Count + own > capabilities.MaxTags)
        {
            throw Invalid(ComputeErrorReasons.TagNotSupported, $"{tags.Count} tags are too many: cloud '{cloud.Name}' holds {capabilities.MaxTags}, of which {own} are this library's.");
        }

        foreach (var (name, value) in tags)
        {
            if (name.StartsWith(ComputeTags.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"The tag '{name}' is this library's own; choose a name without '{ComputeTags.Prefix}'.", nameof(tags));
            }

            if (name.Length == 0 || name.Length > capabilities.MaxTagKeyLength || value.Length > capabilities.MaxTagValueLength)
            {
                throw Invalid(
                    ComputeErrorReasons.TagNotSupported,
                    $"The tag '{name}' does not fit: cloud '{cloud.Name}' holds names of 1 to {capabilities.MaxTagKeyLength} and values of up to {capabilities.MaxTagValueLength} characters.");
            }

            if (name.Any(char.IsControl) || value.Any(char.IsControl))
            {
                throw Invalid(ComputeErrorReasons.TagNotSupported, $"The tag '{name}' has control characters.");
            }

            if (capabilities.RestrictedTags && !(char.IsAsciiLetterLower(name[0]) && name.All(IsLabelCharacter) && value.All(IsLabelCharacter)))
            {
                throw Invalid(
                    ComputeErrorReasons.TagNotSupported,
                    $"The tag '{name}' does not fit: cloud '{cloud.Name}' holds lower-case letters, digits, hyphens and underscores only, and names start with a letter.");
            }
        }
    }

    public static void CheckRules(IReadOnlyList<FirewallRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var rule in rules)
        {
            var ports = rule.Protocol == FirewallProtocol.Icmp ? rule is { FromPort: 0, ToPort: 0 } : rule.FromPort is >= 1 and <= 65535 && rule.ToPort >= rule.FromPort && rule.ToPort <= 65535;
            if (!Enum.IsDefined(rule.Protocol) || !ports)
            {
                throw new ArgumentException($"The rule '{rule}' is malformed: ports are 1 to 65535, the first not over the last, and 0 for ICMP.", nameof(rules));
            }

            if (ParseRange(rule.Source) is null)
            {
                throw new ArgumentException($"The rule '{rule}' is malformed: '{rule.Source}' is no address range such as 203.0.113.0/24, with all bits behind the prefix zero.", nameof(rules));
            }
        }
    }

    public static void CheckRange(string addressRange)
    {
        ArgumentNullException.ThrowIfNull(addressRange);
        if (ParseRange(addressRange) is not { } range || range.BaseAddress.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || range.PrefixLength is < 16 or > 24)
        {
            throw new ArgumentException($"'{addressRange}' is not an IPv4 range of 16 to 24 prefix bits, such as 10.20.0.0/16.", nameof(addressRange));
        }
    }

    public static void CheckPublicKey(string publicKey, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(publicKey, parameter);
        if (publicKey.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            // Not repeated: it is a secret.
            throw new ArgumentException("This is a private key. Give the public one, the line of the file that ends in .pub.", parameter);
        }

        if (publicKey.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var kind, var body, ..] || !(kind.StartsWith("ssh-", StringComparison.Ordinal) || kind.StartsWith("ecdsa-", StringComparison.Ordinal) || kind.StartsWith("sk-", StringComparison.Ordinal))
            || publicKey.AsSpan().Trim().ContainsAny('\n', '\r') || !Convert.TryFromBase64String(body, new byte[body.Length], out _))
        {
            throw new ArgumentException("This is not one line of an OpenSSH public key, such as 'ssh-ed25519 AAAA… name'.", parameter);
        }
    }

    /// <summary>Reads an address range; null if it is none. The platform clears bits behind the prefix, which here are a mistake.</summary>
    private static IPNetwork? ParseRange(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && IPNetwork.TryParse(text, out var range) && IPAddress.TryParse(text.AsSpan(0, slash), out var address) && address.Equals(range.BaseAddress)
            ? range
            : null;

    private static bool IsLabelCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_';

    private CloudException Invalid(string reason, string message) => new(CloudErrorCode.InvalidArgument, message) { Reason = reason, Provider = cloud.Provider };
}
