namespace SkyCompat.Azure;

/// <summary>A list price.</summary>
/// <param name="HourlyUsd">US dollars for an hour.</param>
/// <param name="At">When it was asked for.</param>
internal sealed record RetailPrice(decimal HourlyUsd, DateTimeOffset At);
