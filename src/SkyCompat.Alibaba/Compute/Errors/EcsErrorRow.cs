namespace SkyCompat.Alibaba;

/// <summary>A row of the error table: what a code, a message or a status means.</summary>
/// <param name="Code">The neutral code.</param>
/// <param name="Scope">What to avoid.</param>
/// <param name="Text">What happened and what to do.</param>
internal sealed record EcsErrorRow(CloudErrorCode Code, ErrorScope Scope, string Text)
{
    /// <summary>The finer cause; null if the code says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the same call may succeed in a moment. No shortage is: whether another offer is tried is for the planner to say.</summary>
    public bool IsTransient { get; init; } = Code is CloudErrorCode.Throttled or CloudErrorCode.Unavailable or CloudErrorCode.Timeout;

    /// <summary>Whether a write may have been done all the same.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Whether what the provider says goes along; not where it repeats what was signed.</summary>
    public bool IsQuoted { get; init; } = true;
}
