namespace SkyCompat.Compute;

/// <summary>What a sweep did about one resource.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">Why it could not be removed; null otherwise.</param>
public sealed record SweepResult(OwnedResource Resource, SweepOutcome Outcome, CloudException? Error = null);
