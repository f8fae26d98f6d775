using SkyCompat.ObjectStorage;

namespace SkyCompat.Drivers;

/// <summary>One page of a list of parts.</summary>
/// <param name="Parts">The parts, by number.</param>
/// <param name="ContinuationToken">What to pass for the next page; null on the last.</param>
public sealed record PartPage(IReadOnlyList<UploadedPart> Parts, string? ContinuationToken);
