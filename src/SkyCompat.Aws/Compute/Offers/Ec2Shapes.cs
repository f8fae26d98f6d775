using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Reads what an instance type has.</summary>
internal static class Ec2Shapes
{
    private const double MiBPerGiB = 1024;

    /// <summary>The shape; null for types that only dedicated hosts run.</summary>
    public static MachineShape? ShapeOf(InstanceTypeInfo type)
    {
        var architectures = type.ProcessorInfo?.SupportedArchitectures ?? [];
        CpuArchitecture? architecture = architectures.Contains("x86_64") ? CpuArchitecture.X64 : architectures.Contains("arm64") ? CpuArchitecture.Arm64 : null;
        if (architecture is null || type.VCpuInfo?.DefaultVCpus is not { } processors || type.MemoryInfo?.SizeInMiB is not { } memory)
        {
            return null;
        }

        var gpus = type.GpuInfo?.Gpus ?? [];
        var count = gpus.Sum(gpu => gpu.Count ?? 0);
        return new MachineShape(processors, memory / MiBPerGiB, architecture.Value, count, count == 0 ? null : string.Join(", ", gpus.Select(gpu => $"{gpu.Manufacturer} {gpu.Name}".Trim()).Distinct(StringComparer.Ordinal)));
    }

    /// <summary>The family, which runs on the same hardware: what stands before the size, such as <c>m5</c>.</summary>
    public static string FamilyOf(string type) => type.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? type[..dot] : type;

    /// <summary>What shares a quota of virtual processors: <c>Standard</c> for A, C, D, H, I, M, R, T and Z, else the letters of the type.</summary>
    public static string QuotaGroupOf(string type)
    {
        var letters = 0;
        while (letters < type.Length && char.IsAsciiLetter(type[letters]))
        {
            letters++;
        }

        return type[..letters] switch
        {
            "a" or "c" or "d" or "h" or "i" or "im" or "is" or "m" or "r" or "t" or "z" => "Standard",
            "g" or "vt" or "gr" => "G and VT",
            "p" => "P",
            "x" => "X",
            "u" => "High Memory",
            var other => other,
        };
    }
}
