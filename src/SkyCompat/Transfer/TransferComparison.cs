namespace SkyCompat.Transfer;

/// <summary>When the destination's object counts as the same as the source's.</summary>
public enum TransferComparison
{
    /// <summary>The size is the same, and the destination was written no earlier than the source. Costs no request beyond the lists, save one per object for a local destination that keeps an older time
    /// because the original's was carried.</summary>
    SizeAndTime = 0,

    /// <summary>The size is the same. Costs no request beyond the lists.</summary>
    Size,

    /// <summary>The bytes are the same: by the checksums that the stores keep where they can be compared (two requests per object), otherwise by reading what has none.</summary>
    Content,
}
