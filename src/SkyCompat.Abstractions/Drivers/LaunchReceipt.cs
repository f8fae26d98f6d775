namespace SkyCompat.Drivers;

/// <summary>What a provider answered to a launch.</summary>
/// <param name="Ids">The instances' ids, in the order of <see cref="LaunchRequest.Names"/>; fewer if the provider made fewer.</param>
/// <param name="Handle">The provider's operation, for <see cref="ComputeDriver.CheckAsync"/>; null if it has none.</param>
public sealed record LaunchReceipt(IReadOnlyList<string> Ids, string? Handle = null);
