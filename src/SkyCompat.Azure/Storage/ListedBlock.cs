namespace SkyCompat.Azure;

/// <summary>A block that the service holds for a blob.</summary>
/// <param name="Id">Its id in base64.</param>
/// <param name="Size">Its size in bytes.</param>
internal readonly record struct ListedBlock(string Id, long Size);
