namespace SkyCompat.Workloads;

/// <summary>Why a forwarded connection broke.</summary>
/// <param name="error">The cause.</param>
public sealed class PortForwardErrorEventArgs(CloudException error) : EventArgs
{
    /// <summary>The cause.</summary>
    public CloudException Error { get; } = error;
}
