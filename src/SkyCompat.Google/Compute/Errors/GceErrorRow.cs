namespace SkyCompat.Google;

/// <summary>A row of the error table of Compute Engine.</summary>
/// <param name="Code">What went wrong.</param>
/// <param name="Text">What to tell and to do.</param>
/// <param name="Reason">The finer cause.</param>
/// <param name="Scope">What to avoid.</param>
internal sealed record GceErrorRow(CloudErrorCode Code, string Text, string? Reason = null, ErrorScope Scope = ErrorScope.Request)
{
    /// <summary>Null for what the code says; a lack of quota or capacity is never transient, since the planner and not the retry decides what to try next.</summary>
    public bool? IsTransient { get; init; }

    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Whether what Google says is told too.</summary>
    public bool Quotes { get; init; } = true;
}
