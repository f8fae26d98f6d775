namespace SkyCompat.Workloads;

/// <summary>A port that a container listens on.</summary>
/// <param name="Port">The port, 1 to 65535.</param>
/// <param name="Name">Its name, one to 15 lower-case letters, digits and hyphens; null for <c>port-NNN</c>.</param>
public sealed record WorkloadPort(int Port, string? Name = null)
{
    /// <summary>Whether it is UDP.</summary>
    /// <value>Default: false, TCP.</value>
    public bool IsUdp { get; init; }
}
