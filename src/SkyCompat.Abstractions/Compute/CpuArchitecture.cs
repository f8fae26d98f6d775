namespace SkyCompat.Compute;

/// <summary>The instruction set of an instance's processors.</summary>
public enum CpuArchitecture
{
    /// <summary>x86-64, also called amd64.</summary>
    X64 = 0,

    /// <summary>64-bit ARM, also called aarch64.</summary>
    Arm64,
}
