namespace SkyCompat.Cli.Doctor;

/// <summary>One line of the doctor.</summary>
/// <param name="Subject">The cloud or logical bucket.</param>
/// <param name="Check">What was looked at.</param>
/// <param name="Kind">How it ended.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Advice">What to do next; null if nothing.</param>
/// <param name="ExitCode">What it means for the exit code.</param>
internal sealed record Finding(string Subject, string Check, FindingKind Kind, string Detail, string? Advice = null, int ExitCode = ExitCode.Done);
