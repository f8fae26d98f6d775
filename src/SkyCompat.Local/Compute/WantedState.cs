namespace SkyCompat.Local;

/// <summary>What was last asked of a machine.</summary>
internal enum WantedState
{
    /// <summary>To run.</summary>
    Running = 0,

    /// <summary>To be stopped.</summary>
    Stopped,

    /// <summary>To be gone.</summary>
    Gone,
}
