namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A resumable upload. Requests on it take turns.</summary>
internal sealed class ResumableSession(string id, UploadTarget target, long? declaredLength, StoreBudget budget) : IDisposable
{
    public string Id { get; } = id;

    public UploadTarget Target { get; } = target;

    /// <summary>From X-Upload-Content-Length; null if it was not said.</summary>
    public long? DeclaredLength { get; } = declaredLength;

    /// <summary>Taken by the request that is at work.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public ContentWriter Writer { get; } = new(budget);

    /// <summary>Null until the last byte is there.</summary>
    public GcsObject? Finished { get; set; }

    public bool IsCancelled { get; set; }

    public void Dispose()
    {
        Turn.Dispose();
        Writer.Dispose();
    }
}
