namespace SkyCompat.Cli.Doctor;

/// <summary>How a check ended.</summary>
internal enum FindingKind
{
    Ok,

    /// <summary>It works, and something is worth knowing.</summary>
    Note,

    Failed,
}
