namespace SkyCompat.S3;

/// <summary>A row of an error table: what a code or a status means.</summary>
/// <param name="Code">The neutral code.</param>
/// <param name="Reason">The reason, which refines it; null for none.</param>
/// <param name="Text">What happened and what to do.</param>
internal sealed record S3ErrorRow(CloudErrorCode Code, string? Reason, string Text)
{
    /// <summary>Whether the same request may succeed later; null if the code says so.</summary>
    public bool? IsTransient { get; init; }

    /// <summary>Whether a write may have been done all the same.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Whether what the store says goes along.</summary>
    public bool QuotesStore { get; init; }

    public ErrorScope Scope { get; init; }
}
