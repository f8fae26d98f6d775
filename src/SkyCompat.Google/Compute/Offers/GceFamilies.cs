using SkyCompat.Compute;

namespace SkyCompat.Google;

/// <summary>What the names of instance types tell.</summary>
internal static class GceFamilies
{
    // Types of these families boot from Hyperdisk only.
    private static readonly HashSet<string> Hyperdisk = new(StringComparer.Ordinal) { "a4", "a4x", "c4", "c4a", "c4d", "h4d", "m4", "n4", "n4a", "n4d", "x4" };

    private static readonly HashSet<string> Arm = new(StringComparer.Ordinal) { "a4x", "c4a", "n4a", "t2a" };

    /// <summary>The family: what stands before the first hyphen.</summary>
    public static string Of(string instanceType) => instanceType.IndexOf('-', StringComparison.Ordinal) is var end and > 0 ? instanceType[..end] : instanceType;

    /// <summary>The type of disk that an instance of this type can boot from.</summary>
    public static string DiskTypeOf(string instanceType) => Hyperdisk.Contains(Of(instanceType)) ? "hyperdisk-balanced" : "pd-balanced";

    /// <summary>The instruction set; not every type says it.</summary>
    public static CpuArchitecture ArchitectureOf(GceMachineType type) => type.Architecture switch
    {
        "ARM64" => CpuArchitecture.Arm64,
        "X86_64" => CpuArchitecture.X64,
        _ => Arm.Contains(Of(type.Name!)) ? CpuArchitecture.Arm64 : CpuArchitecture.X64,
    };
}
