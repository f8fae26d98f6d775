namespace SkyCompat.Compute;

/// <summary>What becomes of a spot instance that the provider takes back.</summary>
public enum SpotInterruption
{
    /// <summary>It is terminated.</summary>
    Terminate = 0,

    /// <summary>It is stopped and keeps its disk, which is billed.</summary>
    Stop,
}
