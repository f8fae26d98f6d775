namespace SkyCompat.ObjectStorage;

/// <summary>Writes one object piece by piece. Not safe for use by many threads at once.</summary>
/// <remarks>The object becomes visible wholly when <see cref="CommitAsync"/> returns. Disposing without a commit, also after an exception, aborts the upload and leaves what was there.</remarks>
public abstract class ObjectWriter : IAsyncDisposable
{
    /// <summary>How many bytes have been written so far.</summary>
    public abstract long BytesWritten { get; }

    /// <summary>Adds bytes. They are copied, so the memory may be reused at once; waits when the byte budget is used up or all parts are in flight.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Stops waiting; the writer can then only be disposed.</param>
    /// <returns>A task that ends when the bytes were taken over.</returns>
    /// <exception cref="CloudException">An earlier part failed for good; the writer can then only be disposed.</exception>
    /// <exception cref="InvalidOperationException">The writer was committed.</exception>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>Makes the object visible with all bytes written, also if there are none.</summary>
    /// <param name="cancellationToken">Aborts, unless the last request was already on its way.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="CloudException">As for <see cref="IBucket.PutAsync"/>.</exception>
    /// <exception cref="InvalidOperationException">The writer was committed already or failed.</exception>
    public abstract Task<PutResult> CommitAsync(CancellationToken cancellationToken = default);

    /// <summary>This writer as a write-only stream. Closing the stream does not commit.</summary>
    /// <returns>A stream for code that wants one; only its asynchronous members may be used.</returns>
    public Stream AsStream() => new ObjectWriterStream(this);

    /// <summary>Aborts the upload unless it was committed. Does not throw for a failed abort: what is left is an unfinished upload, see <see cref="IMultipartUploads"/>.</summary>
    /// <returns>A task that ends when nothing is in flight.</returns>
    public async ValueTask DisposeAsync()
    {
        await DisposeAsyncCore().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Aborts the upload unless it was committed.</summary>
    /// <returns>A task that ends when nothing is in flight.</returns>
    protected abstract ValueTask DisposeAsyncCore();
}
