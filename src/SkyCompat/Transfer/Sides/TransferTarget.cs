using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>Where objects go.</summary>
internal abstract class TransferTarget : IDisposable
{
    /// <summary>The bucket, if it is one.</summary>
    public virtual IBucket? Bucket => null;

    /// <summary>Whether the bytes that a write was given are known to be those that are stored.</summary>
    public abstract bool ConfirmsUploads { get; }

    /// <summary>Above how many bytes an object is written part by part; never, if the target takes no parts.</summary>
    public abstract long PartsAboveBytes { get; }

    /// <summary>How many parts an object is written in, if it is written part by part.</summary>
    public abstract long CountParts(long size);

    /// <summary>The key or path of an object.</summary>
    public abstract string PathOf(string name);

    /// <summary>Looks an object up; null if there is none.</summary>
    public abstract Task<SideEntry?> TryFindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Why the target cannot hold an object; null if it can, as far as can be told without a request.</summary>
    public abstract string? FindRefusal(string name, long size);

    /// <summary>Writes an object by one stream.</summary>
    /// <param name="name">The name.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="size">How many there are.</param>
    /// <param name="options">Attributes and condition.</param>
    /// <param name="modifiedAt">The time that a file gets; null for now.</param>
    /// <param name="cancellationToken">Aborts the write.</param>
    public abstract Task<PutResult> PutAsync(string name, Stream body, long size, PutOptions options, DateTimeOffset? modifiedAt, CancellationToken cancellationToken);

    /// <summary>Begins an object that is written part by part, or goes on with one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="size">The size of the whole.</param>
    /// <param name="options">Attributes and condition.</param>
    /// <param name="modifiedAt">The time that a file gets; null for now.</param>
    /// <param name="state">What <see cref="PartSink.State"/> was before; null to begin.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public abstract Task<PartSink> OpenPartsAsync(string name, long size, PutOptions options, DateTimeOffset? modifiedAt, string? state, CancellationToken cancellationToken);

    /// <summary>Deletes objects.</summary>
    public abstract IAsyncEnumerable<DeleteResult> DeleteAsync(IAsyncEnumerable<string> names, CancellationToken cancellationToken);

    /// <summary>Says that nothing of what was begun will be gone on with.</summary>
    public virtual void Complete()
    {
    }

    public virtual void Dispose()
    {
    }
}
