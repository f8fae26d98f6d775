namespace SkyCompat.Transfer;

/// <summary>What is done about an object that the destination has already.</summary>
public enum TransferOverwrite
{
    /// <summary>It is replaced.</summary>
    Always = 0,

    /// <summary>It is left alone. The store checks it at the moment of the write, so the destination must be able to (<see cref="ObjectStorage.BucketFeatures.PutIfAbsent"/>).</summary>
    Never,

    /// <summary>It is replaced if it is still what the list showed, so that no write that happened meanwhile is lost. For sync and mirror; the destination must be able to
    /// (<see cref="ObjectStorage.BucketFeatures.ConditionalPut"/>).</summary>
    WhenUnchanged,
}
