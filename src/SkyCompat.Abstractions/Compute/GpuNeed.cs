namespace SkyCompat.Compute;

/// <summary>The graphics processors that are needed.</summary>
/// <param name="Count">How many at least; from 1.</param>
/// <param name="Model">Part of the model's name, such as <c>A100</c>, case ignored; null for any.</param>
public sealed record GpuNeed(int Count, string? Model = null);
