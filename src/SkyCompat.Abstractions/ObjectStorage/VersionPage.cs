namespace SkyCompat.ObjectStorage;

/// <summary>One page of a list of versions.</summary>
/// <param name="Entries">Ordered by key (ordinal UTF-8), then newest first.</param>
/// <param name="ContinuationToken">What to pass for the next page; opaque and storable; null on the last.</param>
public sealed record VersionPage(IReadOnlyList<VersionEntry> Entries, string? ContinuationToken);
