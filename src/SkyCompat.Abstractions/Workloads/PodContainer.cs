namespace SkyCompat.Workloads;

/// <summary>A container of a pod.</summary>
/// <param name="Name">Its name.</param>
public sealed record PodContainer(string Name)
{
    /// <summary>Its image.</summary>
    public string? Image { get; init; }

    /// <summary>Whether it runs now.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Whether it prepares the pod and must end before the others start.</summary>
    public bool IsInit { get; init; }

    /// <summary>How often it was started anew.</summary>
    public int Restarts { get; init; }

    /// <summary>Why it waits, such as <c>ImagePullBackOff</c>; null if it does not.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>The node's words on why it waits.</summary>
    public string? WaitingMessage { get; init; }

    /// <summary>With what its last run ended; null if none has.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How its last run ended, such as <c>OOMKilled</c>.</summary>
    public string? ExitReason { get; init; }

    /// <summary>Whether it has ended and is not waiting to be started anew.</summary>
    public bool IsEnded { get; init; }
}
