using System.Text.Json;

namespace SkyCompat.Azure;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextLink">Where the next page is; null if this is the last.</param>
internal sealed record ArmPage(IReadOnlyList<JsonElement> Items, string? NextLink);
