namespace SkyCompat.ObjectStorage;

/// <summary>An unfinished upload. Plain data: store it to go on in another process.</summary>
/// <param name="Key">The key that the object will have.</param>
/// <param name="UploadId">The provider's id of the upload.</param>
public sealed record MultipartUpload(string Key, string UploadId)
{
    /// <summary>When it was started, UTC; null if the provider does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
