namespace SkyCompat.Compute;

/// <summary>One offer that was tried.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Offer">The offer.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">The code of the failure; null otherwise.</param>
/// <param name="Message">The failure in words; null otherwise.</param>
public sealed record PlacementAttempt(int Number, Offer Offer, PlacementOutcome Outcome, CloudErrorCode? Error = null, string? Message = null);
