namespace SkyCompat.Transfer.Planning;

/// <summary>What the choice of routes between two places rests on. Plain data: the planner asks nothing and nobody.</summary>
internal sealed record RouteFacts
{
    /// <summary>The routes that the caller allows.</summary>
    public required TransferRoute Allowed { get; init; }

    /// <summary>Why the store cannot copy by itself; null if it can.</summary>
    public string? NoServerSideCopy { get; init; }

    /// <summary>Why the destination cannot pull; null if it can.</summary>
    public string? NoPull { get; init; }

    /// <summary>From which size on pulling is worth its requests.</summary>
    public long PullFromBytes { get; init; }

    /// <summary>The largest object that can be pulled, by the number and size of parts.</summary>
    public long PullUpToBytes { get; init; } = long.MaxValue;

    /// <summary>How many parts an object of a size is moved in.</summary>
    public Func<long, long> CountParts { get; init; } = static size => (size + TransferDefaults.PartBytes - 1) / TransferDefaults.PartBytes;

    /// <summary>Above how many bytes an object is moved in parts.</summary>
    public long PartsAboveBytes { get; init; } = long.MaxValue;

    /// <summary>Whether tags take a request per object.</summary>
    public bool ReadsTags { get; init; }

    /// <summary>Whether a server-side copy replaces attributes, which takes a look at the source.</summary>
    public bool RewritesAttributes { get; init; }

    /// <summary>Whether the source is a bucket.</summary>
    public bool SourceIsBucket { get; init; }

    /// <summary>Whether the destination is a bucket.</summary>
    public bool TargetIsBucket { get; init; }
}
