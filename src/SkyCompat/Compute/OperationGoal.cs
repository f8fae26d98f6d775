namespace SkyCompat.Compute;

/// <summary>What an operation is to lead to.</summary>
internal enum OperationGoal
{
    /// <summary>New instances run.</summary>
    Launch = 0,

    /// <summary>It runs again.</summary>
    Start,

    /// <summary>It is stopped.</summary>
    Stop,

    /// <summary>It is stopped and keeps its place.</summary>
    StopKeepAllocated,

    /// <summary>Its memory is saved.</summary>
    Hibernate,

    /// <summary>It was started anew.</summary>
    Reboot,

    /// <summary>It is gone.</summary>
    Terminate,
}
