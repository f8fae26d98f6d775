namespace SkyCompat.Transfer;

/// <summary>The sizes that transfers start from.</summary>
internal static class TransferDefaults
{
    /// <summary>The size of a part: small, so that a modest byte budget holds enough of them to keep both sides busy.</summary>
    public const long PartBytes = 8L << 20;

    /// <summary>The most objects that are moved in parts at a time: few, so that each is soon whole.</summary>
    public const int LargeObjects = 4;

    /// <summary>How often an object is begun when its source changes while it is read, or its bytes arrive damaged.</summary>
    public const int Attempts = 3;
}
