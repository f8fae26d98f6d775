namespace SkyCompat.Transfer;

/// <summary>The way that an object's bytes take.</summary>
[Flags]
public enum TransferRoute
{
    /// <summary>No bytes are moved.</summary>
    None = 0,

    /// <summary>The store copies by itself: nothing passes through this process, nothing leaves the provider.</summary>
    ServerSideCopy = 1,

    /// <summary>The destination reads from a signed URL of the source: nothing passes through this process.</summary>
    Pull = 2,

    /// <summary>Read by this process and written by it, at the same time and within the byte budget.</summary>
    Pipe = 4,

    /// <summary>Every route.</summary>
    All = ServerSideCopy | Pull | Pipe,
}
