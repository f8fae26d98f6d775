namespace SkyCompat.Transfer;

/// <summary>What became of an object.</summary>
public enum TransferOutcome
{
    /// <summary>It was copied.</summary>
    Copied = 0,

    /// <summary>It was left as it is.</summary>
    Skipped,

    /// <summary>It was deleted at the destination.</summary>
    Deleted,

    /// <summary>It could not be moved; <see cref="TransferResult.Error"/> says why.</summary>
    Failed,
}
