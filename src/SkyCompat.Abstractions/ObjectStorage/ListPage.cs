namespace SkyCompat.ObjectStorage;

/// <summary>One page of a list.</summary>
/// <param name="Entries">Objects and prefixes together, in ordinal UTF-8 order of <see cref="ListEntry.Key"/>. May be empty although more pages follow.</param>
/// <param name="ContinuationToken">What to pass as <see cref="ListOptions.ContinuationToken"/> for the next page; opaque and storable; null on the last page.</param>
public sealed record ListPage(IReadOnlyList<ListEntry> Entries, string? ContinuationToken);
