using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>Where objects come from.</summary>
internal abstract class TransferSource
{
    /// <summary>The bucket, if it is one.</summary>
    public virtual IBucket? Bucket => null;

    /// <summary>The requests that find and compare its objects; none that are charged for, if it is a folder.</summary>
    public SideRequests Requests { get; } = new();

    /// <summary>The key or path of an object.</summary>
    public abstract string PathOf(string name);

    /// <summary>Whether the list is in key order.</summary>
    public virtual bool IsOrdered => true;

    /// <summary>Lists the objects.</summary>
    public abstract IAsyncEnumerable<SideEntry> ListAsync(CancellationToken cancellationToken);

    /// <summary>Looks an object up; null if there is none.</summary>
    public abstract Task<SideEntry?> TryFindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Looks up what an object has beside its bytes. Fails if it is not the content of the entry.</summary>
    public abstract Task<SourceAttributes> GetAttributesAsync(SideEntry entry, CancellationToken cancellationToken);

    /// <summary>Opens the content of the entry, and no other, whole.</summary>
    public abstract Task<SourceContent> OpenAsync(SideEntry entry, CancellationToken cancellationToken);

    /// <summary>Opens a range of the content of the entry, and no other.</summary>
    public abstract Task<Stream> OpenRangeAsync(SideEntry entry, long offset, long length, CancellationToken cancellationToken);

    /// <summary>The object's tags; empty if there are none or the source has no tags.</summary>
    public virtual Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(WriteRequests.DefaultOptions.Tags);

    /// <summary>The error of a source that is not any more what it was.</summary>
    public CloudException Changed(string name) => new(CloudErrorCode.PreconditionFailed, "The source changed while it was read.")
    {
        Reason = ObjectStorageErrorReasons.ObjectChanged,
        Operation = "GetObject",
        Resource = PathOf(name),
    };

    /// <summary>The error of a source that is not there any more.</summary>
    public CloudException Gone(string name) => new(CloudErrorCode.NotFound, "The source is not there.")
    {
        Reason = ObjectStorageErrorReasons.ObjectNotFound,
        Operation = "GetObject",
        Resource = PathOf(name),
    };
}
