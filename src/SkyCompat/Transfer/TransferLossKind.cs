namespace SkyCompat.Transfer;

/// <summary>What an object may have beside its bytes, and lose.</summary>
public enum TransferLossKind
{
    /// <summary>The content headers.</summary>
    Headers = 0,

    /// <summary>The user's metadata.</summary>
    Metadata,

    /// <summary>Tags.</summary>
    Tags,

    /// <summary>The storage tier.</summary>
    Tier,

    /// <summary>Versions before the current one, which no transfer carries.</summary>
    Versions,
}
