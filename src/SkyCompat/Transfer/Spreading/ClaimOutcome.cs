namespace SkyCompat.Transfer.Spreading;

/// <summary>What became of an attempt to take something on.</summary>
internal enum ClaimOutcome
{
    /// <summary>A member has it who may live: it was not watched for long enough to know.</summary>
    Unsettled,

    /// <summary>A member has it who lives.</summary>
    Held,

    /// <summary>It is the asker's, and nobody had it before.</summary>
    Taken,

    /// <summary>It is the asker's; a member that is gone had begun it.</summary>
    TakenOver,
}
