using SkyCompat.Compute;
using SkyCompat.Diagnostics;

namespace SkyCompat.Clusters;

/// <summary>What can be known to be wrong before any request.</summary>
internal sealed class ClusterChecks(CloudIdentity cloud, ClusterCapabilities capabilities)
{
    private const int MaxLabelLength = 63;
    private const int MaxLabelPrefixLength = 253;
    private const int MinDiskGiB = 20;
    private const int MaxDiskGiB = 16_384;

    /// <summary>Fails if the cloud lacks a feature that is wanted.</summary>
    public void Need(ClusterFeatures features, bool wanted = true)
    {
        if (wanted && !capabilities.Supports(features))
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"Clusters of cloud '{cloud.Name}' lack {features & ~capabilities.Features}. They have: {capabilities.Features}.") { Provider = cloud.Provider };
        }
    }

    public void CheckCluster(ClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ComputeChecks.CheckName(spec.IdempotencyKey, nameof(spec));
        if (spec.Name is { } name)
        {
            ComputeChecks.CheckName(name, nameof(spec));
        }

        if (spec.Version is { } version)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(version, nameof(spec));
        }

        Need(ClusterFeatures.Lifecycle);
        Need(ClusterFeatures.Upgrade, spec.Version is not null);
        Need(ClusterFeatures.Subnets, spec.SubnetIds.Count > 0);
        foreach (var pool in spec.Pools)
        {
            CheckPool(pool);
        }

        if (spec.Pools.Select(pool => pool.Name).Distinct(StringComparer.Ordinal).Count() != spec.Pools.Count)
        {
            throw new ArgumentException("Two pools have one name.", nameof(spec));
        }

        if (capabilities.NeedsPool && !spec.Pools.Any(pool => pool.Count > 0))
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"Cloud '{cloud.Name}' makes no cluster without nodes: give it a pool with a Count of at least 1.") { Provider = cloud.Provider };
        }
    }

    public void CheckPool(NodePoolSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentException.ThrowIfNullOrEmpty(spec.Name, nameof(spec));
        if (spec.Name.Length > capabilities.MaxPoolNameLength || !char.IsAsciiLetterLower(spec.Name[0]) || !spec.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
        {
            throw new ArgumentException($"'{spec.Name}' is no name of a pool: cloud '{cloud.Name}' takes 1 to {capabilities.MaxPoolNameLength} lower-case letters and digits, starting with a letter.", nameof(spec));
        }

        ComputeChecks.CheckNeed(spec.Need);
        CheckNumbers(spec);
        foreach (var (key, value) in spec.Labels)
        {
            CheckLabel(key, value);
        }

        foreach (var taint in spec.Taints)
        {
            CheckLabel(taint.Key, taint.Value);
            if (!Enum.IsDefined(taint.Effect))
            {
                throw new ArgumentException($"The taint '{taint.Key}' has no known effect: {string.Join(", ", Enum.GetNames<TaintEffect>())}.", nameof(spec));
            }
        }

        if (spec.Taints.Select(taint => (taint.Key, taint.Effect)).Distinct().Count() != spec.Taints.Count)
        {
            throw new ArgumentException("Two taints have one key and effect.", nameof(spec));
        }

        Need(ClusterFeatures.NodePools);
        Need(ClusterFeatures.Autoscale, spec.Autoscale is not null);
        Need(ClusterFeatures.EmptyPools, spec.Count == 0 || spec.Autoscale is { Min: 0 });
        Need(ClusterFeatures.Spot, !spec.Need.Markets.Contains(Market.OnDemand));
    }

    private void CheckNumbers(NodePoolSpec spec)
    {
        if (spec.Count < 0 || spec.Count > capabilities.MaxPoolNodes)
        {
            throw new ArgumentException($"Count must be 0 to {capabilities.MaxPoolNodes}, not {spec.Count}.", nameof(spec));
        }

        if (spec.Autoscale is { } range && (range.Min < 0 || range.Max < 1 || range.Max < range.Min || range.Max > capabilities.MaxPoolNodes))
        {
            throw new ArgumentException($"Autoscale must be from 0 to {capabilities.MaxPoolNodes}, its Max at least 1 and Min, not {range}.", nameof(spec));
        }

        if (spec.Autoscale is { } bounds && (spec.Count < bounds.Min || spec.Count > bounds.Max))
        {
            throw new ArgumentException($"Count ({spec.Count}) is outside of Autoscale ({bounds}).", nameof(spec));
        }

        if (spec.DiskGiB is < MinDiskGiB or > MaxDiskGiB)
        {
            throw new ArgumentException($"DiskGiB must be {MinDiskGiB} to {MaxDiskGiB}, not {spec.DiskGiB}.", nameof(spec));
        }
    }

    private static void CheckLabel(string key, string value)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? null : key[..slash];
        if (!IsLabelText(key[(slash + 1)..], mayBeEmpty: false) || prefix is { Length: 0 or > MaxLabelPrefixLength } || (prefix is not null && !prefix.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')))
        {
            throw new ArgumentException($"'{key}' is no key of a label: a name of up to {MaxLabelLength} letters, digits, '-', '_' and '.', with a domain and '/' before it or not.", nameof(key));
        }

        if (prefix is not null && (IsOf(prefix, "kubernetes.io") || IsOf(prefix, "k8s.io")))
        {
            throw new ArgumentException($"The label '{key}' is Kubernetes' own; use a domain of yours.", nameof(key));
        }

        if (!IsLabelText(value, mayBeEmpty: true))
        {
            throw new ArgumentException($"The value of label '{key}' is malformed: up to {MaxLabelLength} letters, digits, '-', '_' and '.', a letter or digit at both ends.", nameof(value));
        }
    }

    private static bool IsOf(string domain, string parent) => domain == parent || domain.EndsWith('.' + parent, StringComparison.Ordinal);

    private static bool IsLabelText(string text, bool mayBeEmpty) =>
        text.Length == 0 ? mayBeEmpty : text.Length <= MaxLabelLength && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
