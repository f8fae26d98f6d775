namespace SkyCompat.Transfer;

/// <summary>How two sides differ in one object.</summary>
public enum TransferDifferenceKind
{
    /// <summary>They do not, by the comparison that was asked for.</summary>
    Same = 0,

    /// <summary>Only the source has it.</summary>
    OnlyAtSource,

    /// <summary>Only the destination has it.</summary>
    OnlyAtDestination,

    /// <summary>Both have it, with other content.</summary>
    Different,

    /// <summary>It could not be compared; <see cref="TransferDifference.Error"/> says why.</summary>
    Failed,
}
