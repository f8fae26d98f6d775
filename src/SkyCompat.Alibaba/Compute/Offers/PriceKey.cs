using SkyCompat.Compute;

namespace SkyCompat.Alibaba;

/// <summary>What has one price.</summary>
/// <param name="InstanceType">The instance type.</param>
/// <param name="Market">The market.</param>
/// <param name="Zone">The zone, in which spot prices differ; null otherwise.</param>
internal readonly record struct PriceKey(string InstanceType, Market Market, string? Zone);
