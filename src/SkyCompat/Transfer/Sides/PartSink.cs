using System.Buffers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>An object that is written part by part, in any order; visible when it is completed.</summary>
internal abstract class PartSink : IAsyncDisposable
{
    /// <summary>What another process needs to go on.</summary>
    public abstract string State { get; }

    /// <summary>The size of every part but the last.</summary>
    public abstract long PartBytes { get; }

    /// <summary>Whether a part can be written piece by piece, as it comes.</summary>
    public virtual bool TakesPieces => false;

    /// <summary>What a store checks each part with; null if it checks none.</summary>
    public virtual ChecksumAlgorithm? PartChecksum => null;

    /// <summary>Writes a part.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="checksum">Its checksum by <see cref="PartChecksum"/>, if it is known.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public abstract Task<UploadedPart> PutPartAsync(int number, ReadOnlySequence<byte> bytes, Checksum? checksum, CancellationToken cancellationToken);

    public virtual Task<UploadedPart> PullPartAsync(int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Writes bytes of a part, where <see cref="TakesPieces"/>.</summary>
    /// <param name="offset">Where they are in the object.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public virtual ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Says that all bytes of a part were written.</summary>
    public virtual UploadedPart FinishPart(int number, long size) => throw new NotSupportedException();

    public abstract Task<PutResult> CompleteAsync(IReadOnlyCollection<UploadedPart> parts, CancellationToken cancellationToken);

    /// <summary>Drops the parts.</summary>
    public abstract Task AbortAsync(CancellationToken cancellationToken);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
