namespace SkyCompat.Google;

/// <summary>The names of quotas: which one an instance type uses, and how much is ruled out by one that is used up.</summary>
internal static class GceQuotas
{
    private const string CpusSuffix = "_CPUS";
    private const string Spot = "PREEMPTIBLE_";

    /// <summary>The quota of graphics processors in all regions together.</summary>
    public const string AllGpus = "GPUS_ALL_REGIONS";

    /// <summary>The quota of processors in all regions together.</summary>
    public const string AllCpus = "CPUS_ALL_REGIONS";

    /// <summary>The quota of processors that families without one of their own share.</summary>
    public const string Cpus = "CPUS";

    /// <summary>The quota of spot processors; a project that has none of it uses that of on-demand.</summary>
    public const string SpotCpus = Spot + Cpus;

    /// <summary>The number of instances.</summary>
    public const string Instances = "INSTANCES";

    /// <summary>The quota of processors of a family; not every family has one.</summary>
    public static string OfFamily(string family) => family.ToUpperInvariant() + CpusSuffix;

    /// <summary>The quota of a model of graphics processors, such as <c>NVIDIA_T4_GPUS</c> for <c>nvidia-tesla-t4</c>.</summary>
    public static string OfGpu(string model, bool isSpot) =>
        (isSpot ? Spot : "") + model.ToUpperInvariant().Replace("NVIDIA-TESLA-", "NVIDIA-", StringComparison.Ordinal).Replace('-', '_') + "_GPUS";

    /// <summary>What to avoid where a quota is used up: what shares it where a family or model has one of its own, spot instances where it is theirs, all of the cloud where it counts in all
    /// regions, else the region.</summary>
    public static ErrorScope ScopeOf(string? metric) => metric switch
    {
        null or Cpus => ErrorScope.Region,
        AllGpus or AllCpus => ErrorScope.Cloud,
        _ when metric.EndsWith("_ALL_REGIONS", StringComparison.Ordinal) => ErrorScope.Cloud,
        _ when metric.EndsWith("_GPUS", StringComparison.Ordinal) => ErrorScope.QuotaGroup,
        _ when metric.StartsWith(Spot, StringComparison.Ordinal) => ErrorScope.Market,
        _ when metric.EndsWith(CpusSuffix, StringComparison.Ordinal) => ErrorScope.QuotaGroup,
        _ => ErrorScope.Region,
    };

    /// <summary>The row of a message such as <c>Quota 'N2_CPUS' exceeded.  Limit: 24.0 in region europe-west3.</c></summary>
    public static GceErrorRow Row(string? message)
    {
        var metric = MetricOf(message);
        var scope = message?.Contains("globally", StringComparison.OrdinalIgnoreCase) == true ? ErrorScope.Cloud : ScopeOf(metric);
        return new GceErrorRow(CloudErrorCode.QuotaExceeded, $"The quota {(metric is null ? "" : metric + " ")}of the project is used up: ask Google for more, or launch elsewhere.", Scope: scope);
    }

    private static string? MetricOf(string? message)
    {
        var start = message?.IndexOf('\'', StringComparison.Ordinal) ?? -1;
        var end = start < 0 ? -1 : message!.IndexOf('\'', start + 1);
        return end < 0 ? null : message![(start + 1)..end];
    }
}
