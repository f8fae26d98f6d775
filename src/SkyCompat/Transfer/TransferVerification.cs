namespace SkyCompat.Transfer;

/// <summary>By what a copy is known to be right.</summary>
public enum TransferVerification
{
    /// <summary>Nothing was copied.</summary>
    None = 0,

    /// <summary>The sizes agree; the stores told no checksums that can be compared.</summary>
    Size,

    /// <summary>The destination confirmed the checksum of the bytes that it was sent; the source keeps none to compare with what was read.</summary>
    Upload,

    /// <summary>The checksum that the source keeps agrees with that of the bytes at the destination.</summary>
    EndToEnd,
}
