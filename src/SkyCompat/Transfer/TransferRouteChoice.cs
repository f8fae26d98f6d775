namespace SkyCompat.Transfer;

/// <summary>Whether a route can be taken between two places.</summary>
/// <param name="Route">The route.</param>
/// <param name="IsPossible">Whether it can be taken at all; a single object may still be unfit for it.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record TransferRouteChoice(TransferRoute Route, bool IsPossible, string Reason);
