namespace SkyCompat.Drivers;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="NextPageToken">What asks for the next page; null if this is the last.</param>
public sealed record DriverPage<T>(IReadOnlyList<T> Items, string? NextPageToken = null);
