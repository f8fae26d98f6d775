namespace SkyCompat.Conformance.Internal;

/// <summary>Bytes of unknown length, in reads that are shorter than asked for; may fail or wait at a position, or lie about its length.</summary>
internal sealed class UnseekableStream(byte[] bytes, int chunk = 60_000) : Stream
{
    private int _position;

    /// <summary>Called before a read at or beyond this position.</summary>
    public (int Position, Func<CancellationToken, Task> Run)? Before { get; init; }

    /// <summary>What a stream that can seek says of its length; null for one that cannot.</summary>
    public long? StatedLength { get; init; }

    public bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => StatedLength is not null;

    public override bool CanWrite => false;

    public override long Length => StatedLength ?? throw new NotSupportedException();

    public override long Position
    {
        get => StatedLength is null ? throw new NotSupportedException() : _position;
        set => _position = StatedLength is null ? throw new NotSupportedException() : (int)value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Before is var (position, run) && _position >= position)
        {
            await run(cancellationToken);
        }

        var count = Math.Min(Math.Min(chunk, buffer.Length), bytes.Length - _position);
        bytes.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
