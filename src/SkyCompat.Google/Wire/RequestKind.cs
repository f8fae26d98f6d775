namespace SkyCompat.Google;

/// <summary>What the meaning of an error depends on.</summary>
/// <param name="Subject">What the request is about.</param>
/// <param name="Condition">The condition that it carries.</param>
/// <param name="IsWrite">Whether the store changes if it takes effect.</param>
internal readonly record struct RequestKind(GoogleSubject Subject, GoogleCondition Condition = GoogleCondition.None, bool IsWrite = false)
{
    /// <summary>A status beside the successes that is an answer and not an error; 0 for none.</summary>
    public int AlsoAccepts { get; init; }

    /// <summary>Whether it carries no token: its address is all it needs.</summary>
    public bool IsUnauthorized { get; init; }

    /// <summary>Whether it copies a source of a given generation, so that a missing one is one that changed.</summary>
    public bool IsPinned { get; init; }
}
