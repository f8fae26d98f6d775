namespace SkyCompat.Transfer;

/// <summary>The state of one object in flight.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="MovedBytes">How many of them were moved.</param>
public sealed record TransferObjectProgress(string Name, long Size, long MovedBytes);
