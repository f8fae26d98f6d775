namespace SkyCompat.Transfer.Planning;

/// <summary>The routes for one object, best first, with the reasons.</summary>
/// <param name="Routes">The routes to try; empty if there is none.</param>
/// <param name="Reason">Why the first, and why not the cheaper ones.</param>
internal readonly record struct RouteDecision(IReadOnlyList<TransferRoute> Routes, string Reason);
