namespace SkyCompat.Compute;

/// <summary>How far an operation is.</summary>
public enum ComputeOperationState
{
    /// <summary>Under way.</summary>
    Running = 0,

    /// <summary>Reached its goal.</summary>
    Succeeded,

    /// <summary>Ended without it.</summary>
    Failed,
}
