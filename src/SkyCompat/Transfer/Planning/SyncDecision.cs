using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Planning;

/// <summary>What two entries of the same name say about each other.</summary>
/// <param name="IsSame">Whether they count as the same; null if that takes a closer look.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct SyncDecision(bool? IsSame, string Reason)
{
    /// <summary>Compares what the lists show. Pure.</summary>
    /// <param name="source">The source's entry.</param>
    /// <param name="target">The destination's entry.</param>
    /// <param name="comparison">How to compare.</param>
    /// <param name="targetKeepsOriginalTime">Whether the destination's time is the original's and not that of the copy, as a file's is.</param>
    /// <param name="sourceIsFile">Whether the source's time is exact and its own.</param>
    public static SyncDecision Of(SideEntry source, SideEntry target, TransferComparison comparison, bool targetKeepsOriginalTime, bool sourceIsFile)
    {
        if (source.Size != target.Size)
        {
            return new SyncDecision(false, $"the sizes differ: {source.Size} and {target.Size} bytes");
        }

        switch (comparison)
        {
            case TransferComparison.Size:
                return new SyncDecision(true, "the sizes are the same");
            case TransferComparison.Content:
                return new SyncDecision(null, "the sizes are the same");
            case TransferComparison.SizeAndTime when IsNoOlder(target.LastModified, source.LastModified) && !(sourceIsFile && targetKeepsOriginalTime && source.LastModified != target.LastModified):
                return new SyncDecision(true, "the size is the same and the destination is no older");
            default:
                // A file whose time is older than the object's may still be its copy: the object's own record of its original's time tells.
                return targetKeepsOriginalTime && !sourceIsFile
                    ? new SyncDecision(null, "the source was written later than the destination's time says")
                    : new SyncDecision(false, "the source is newer");
        }
    }

    /// <summary>Many stores tell times to the second: then the source's fraction says nothing.</summary>
    private static bool IsNoOlder(DateTimeOffset target, DateTimeOffset source) =>
        target.UtcTicks % TimeSpan.TicksPerSecond == 0 ? target.UtcTicks / TimeSpan.TicksPerSecond >= source.UtcTicks / TimeSpan.TicksPerSecond : target >= source;
}
