namespace SkyCompat.Workloads;

/// <summary>How a program in a container ended.</summary>
/// <param name="ExitCode">Its exit code; a program ended by signal N has 128 + N.</param>
/// <param name="Output">What it wrote, as UTF-8.</param>
/// <param name="Error">What it wrote to its errors.</param>
/// <param name="IsTruncated">Whether it wrote more than was kept.</param>
public sealed record ExecResult(int ExitCode, string Output, string Error, bool IsTruncated)
{
    /// <summary>The exit code alone: output may be private.</summary>
    /// <returns>A short text.</returns>
    public override string ToString() => $"exit code {ExitCode}";
}
