using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer;

/// <summary>A range of names, in the ordinal UTF-8 order of lists. Ranges that meet, the end of one being the start of the next, share out all names without a gap and without an overlap.</summary>
public sealed record TransferRange
{
    /// <summary>Only names after this one, itself excluded; it need not exist.</summary>
    /// <value>Default: null, from the first name on.</value>
    public string? After { get; init; }

    /// <summary>Only names up to this one, itself included; it need not exist.</summary>
    /// <value>Default: null, to the last name.</value>
    public string? UpTo { get; init; }

    internal bool IsEmpty => After is not null && UpTo is not null && KeyOrder.Compare(After, UpTo) >= 0;

    internal bool Holds(string name) => (After is null || KeyOrder.Compare(name, After) > 0) && !IsPast(name);

    internal bool IsPast(string name) => UpTo is not null && KeyOrder.Compare(name, UpTo) > 0;
}
