namespace SkyCompat.Local;

/// <summary>What an acknowledged write of the embedded store survives.</summary>
public enum LocalDurability
{
    /// <summary>A power failure: body, directory entry and index are on the disk (fsync) before the write is acknowledged. Concurrent writes share one index flush.</summary>
    Full = 0,

    /// <summary>The end of the process, however sudden, but not a power failure or a crash of the operating system: after those, writes of the last seconds may be
    /// gone, or listed with a body that is damaged (<see cref="CloudErrorCode.DataCorrupted"/> when it is read). For caches, tests and data that can be made again.</summary>
    Relaxed,
}
