using System.Text.Json.Serialization;

namespace SkyCompat.Alibaba;

/// <summary>An instance type.</summary>
internal sealed record EcsInstanceType
{
    public string InstanceTypeId { get; init; } = "";

    public string? InstanceTypeFamily { get; init; }

    public double CpuCoreCount { get; init; }

    public double MemorySize { get; init; }

    public string? CpuArchitecture { get; init; }

    [JsonPropertyName("GPUAmount")]
    public double GpuAmount { get; init; }

    [JsonPropertyName("GPUSpec")]
    public string? GpuSpec { get; init; }
}
