namespace SkyCompat.Compute;

/// <summary>What became of an attempt.</summary>
public enum PlacementOutcome
{
    /// <summary>It was begun, and may have left something.</summary>
    Started = 0,

    /// <summary>The instances run.</summary>
    Succeeded,

    /// <summary>It failed, and left nothing.</summary>
    Failed,

    /// <summary>A probe said that there is no room; nothing was launched.</summary>
    NoHeadroom,
}
