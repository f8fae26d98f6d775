namespace SkyCompat.Transfer;

/// <summary>What a transfer does with an object.</summary>
public enum TransferAction
{
    /// <summary>It is copied.</summary>
    Copy = 0,

    /// <summary>It is left as it is: the destination has it, or an earlier run finished it.</summary>
    Skip,

    /// <summary>It is deleted at the destination.</summary>
    Delete,

    /// <summary>It cannot be moved, such as for a key that the destination cannot hold.</summary>
    Refuse,
}
