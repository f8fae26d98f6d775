using SkyCompat.Drivers;

namespace SkyCompat.Clusters;

/// <summary>In what a pool is not as asked.</summary>
internal static class PoolDifferences
{
    /// <summary>What no provider changes; null if nothing of it differs.</summary>
    public static string? FindFixed(NodePoolRequest request, NodePoolInfo pool) =>
        request.Spec.Need.InstanceType is { } type && pool.InstanceType is { } has && !string.Equals(type, has, StringComparison.OrdinalIgnoreCase) ? $"instance type {has}, not {type}"
        : !request.Spec.Need.Markets.Contains(pool.Market) ? $"market {pool.Market}, not {string.Join(" or ", request.Spec.Need.Markets)}"
        : request.Spec.DiskGiB is { } disk && pool.DiskGiB is { } size && disk != size ? $"disks of {size} GiB, not {disk}"
        : null;

    /// <summary>What can be changed and differs, as words; empty if nothing does. A number of nodes that the provider does not tell is taken to differ until it was asked for.</summary>
    /// <param name="request">How the pool shall be.</param>
    /// <param name="pool">How it is.</param>
    /// <param name="counted">Whether the number of nodes was asked for.</param>
    public static string Find(NodePoolRequest request, NodePoolInfo pool, bool counted)
    {
        var spec = request.Spec;
        var differs = new List<string>();
        if (spec.Autoscale != pool.Autoscale)
        {
            differs.Add(nameof(NodePoolSpec.Autoscale));
        }

        if (spec.Autoscale is null && (pool.Count is { } count ? count != spec.Count : !counted))
        {
            differs.Add(nameof(NodePoolSpec.Count));
        }

        if (spec.Labels.Count != pool.Labels.Count || spec.Labels.Any(label => !pool.Labels.TryGetValue(label.Key, out var value) || value != label.Value))
        {
            differs.Add(nameof(NodePoolSpec.Labels));
        }

        if (!spec.Taints.ToHashSet().SetEquals(pool.Taints))
        {
            differs.Add(nameof(NodePoolSpec.Taints));
        }

        return string.Join(',', differs);
    }
}
