namespace SkyCompat.Transfer.Sides;

/// <summary>What is needed to go on with an upload, or with a file that is not whole yet.</summary>
/// <param name="UploadId">The upload's id, or the id of the staged file.</param>
/// <param name="PartBytes">The size of every part but the last.</param>
internal sealed record UploadState(string UploadId, long PartBytes);
