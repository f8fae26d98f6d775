namespace SkyCompat.ObjectStorage;

/// <summary>The kinds of <see cref="WriteCondition"/>.</summary>
public enum WriteConditionKind
{
    /// <summary>Write whatever is there.</summary>
    None = 0,

    /// <summary>Write only if no object has that key.</summary>
    MustNotExist,

    /// <summary>Write only over the content with the given tag.</summary>
    MustMatch,
}
