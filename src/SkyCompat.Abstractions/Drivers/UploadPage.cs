using SkyCompat.ObjectStorage;

namespace SkyCompat.Drivers;

/// <summary>One page of a list of unfinished uploads.</summary>
/// <param name="Uploads">The uploads, ordered by key.</param>
/// <param name="ContinuationToken">What to pass for the next page; null on the last.</param>
public sealed record UploadPage(IReadOnlyList<MultipartUpload> Uploads, string? ContinuationToken);
