namespace SkyCompat.Transfer;

/// <summary>What a transfer does with what the destination has already.</summary>
public enum TransferMode
{
    /// <summary>Every object of the source is copied. The destination is not listed.</summary>
    Copy = 0,

    /// <summary>Objects that the destination lacks, or has with other content by <see cref="TransferOptions.Comparison"/>, are copied. Both sides are listed, side by side.</summary>
    Sync,

    /// <summary>A sync that may also delete what only the destination has, once everything was copied without a failure; needs <see cref="TransferOptions.DeleteExtra"/>.</summary>
    Mirror,
}
