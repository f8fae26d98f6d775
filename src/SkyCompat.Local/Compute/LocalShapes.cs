using System.Globalization;
using SkyCompat.Compute;

namespace SkyCompat.Local;

/// <summary>The instance types of this machine: those that fit into it.</summary>
internal static class LocalShapes
{
    private static readonly (int VCpus, int MemoryGiB)[] Sizes = [(1, 1), (1, 2), (2, 4), (2, 8), (4, 8), (4, 16), (8, 16), (8, 32), (16, 64), (32, 128)];

    /// <summary>The architecture of this machine; null if it is neither of those known.</summary>
    public static CpuArchitecture? Architecture => System.Runtime.InteropServices.RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => CpuArchitecture.X64,
        System.Runtime.InteropServices.Architecture.Arm64 => CpuArchitecture.Arm64,
        _ => null,
    };

    /// <summary>The instance types of a kind, by name, such as <c>process.2x4</c>.</summary>
    public static IEnumerable<(string Type, MachineShape Shape)> Of(string kind)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        if (Architecture is { } architecture)
        {
            foreach (var (cpus, size) in Sizes.Where(size => size.VCpus <= Environment.ProcessorCount && size.MemoryGiB <= memory))
            {
                yield return (string.Create(CultureInfo.InvariantCulture, $"{kind}.{cpus}x{size}"), new MachineShape(cpus, size, architecture));
            }
        }
    }

    /// <summary>The shape of a type, whether or not it fits; null if it is no type.</summary>
    public static MachineShape? Parse(string type) =>
        type.Split('.', 'x') is [_, var cpus, var size] && int.TryParse(cpus, CultureInfo.InvariantCulture, out var c) && int.TryParse(size, CultureInfo.InvariantCulture, out var m)
            ? new MachineShape(c, m, Architecture ?? CpuArchitecture.X64)
            : null;
}
