using System.Globalization;

namespace SkyCompat.Compute;

/// <summary>What an instance type has.</summary>
/// <param name="VCpus">Virtual processors.</param>
/// <param name="MemoryGiB">Memory, in GiB.</param>
/// <param name="Architecture">The processors' instruction set.</param>
/// <param name="Gpus">Graphics processors.</param>
/// <param name="GpuModel">Their model, as the provider spells it; null without any.</param>
public sealed record MachineShape(int VCpus, double MemoryGiB, CpuArchitecture Architecture = CpuArchitecture.X64, int Gpus = 0, string? GpuModel = null)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{VCpus} vCPU, {MemoryGiB:0.##} GiB, {Architecture}{(Gpus > 0 ? $", {Gpus} × {GpuModel ?? "GPU"}" : "")}");
}
