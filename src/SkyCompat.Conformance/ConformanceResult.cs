namespace SkyCompat.Conformance;

/// <summary>What became of one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was skipped.</param>
/// <param name="Error">What was thrown if it failed.</param>
public sealed record ConformanceResult(ConformanceCase Case, ConformanceOutcome Outcome, string? Reason = null, Exception? Error = null);
