namespace SkyCompat.Compute.Placement;

/// <summary>How far a placement is: enough for another process to go on.</summary>
/// <param name="Request">The fingerprint of the request.</param>
/// <param name="Attempts">What was tried; the last may be under way.</param>
internal sealed record PlacementState(string Request, IReadOnlyList<PlacementAttempt> Attempts)
{
    /// <summary>The attempt that may have left something; null if there is none.</summary>
    public PlacementAttempt? Open => Attempts.Count > 0 && Attempts[^1] is { Outcome: PlacementOutcome.Started or PlacementOutcome.Succeeded } last ? last : null;

    public PlacementState With(PlacementAttempt attempt) =>
        this with { Attempts = [.. Attempts.Where(item => item.Number != attempt.Number), attempt] };
}
