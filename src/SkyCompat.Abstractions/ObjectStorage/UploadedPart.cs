namespace SkyCompat.ObjectStorage;

/// <summary>A part that the store holds for an unfinished upload. Plain data: store it to go on in another process.</summary>
/// <param name="Number">Its number, from 1; parts are joined in this order, gaps are allowed.</param>
/// <param name="Tag">Its tag, needed to complete the upload.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Checksum">Its checksum, if one was sent with it or the store keeps one.</param>
public sealed record UploadedPart(int Number, VersionTag Tag, long Size, Checksum? Checksum = null);
