namespace SkyCompat.ObjectStorage;

/// <summary>The base of body streams: forward only, asynchronous only.</summary>
internal abstract class ReadOnlyBodyStream(long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = length;

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException("An object's body is read forwards; open a range to read elsewhere.");
    }

    /// <summary>How many bytes of this body were handed out.</summary>
    protected long BytesRead { get; set; }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>With a buffer no larger than what is left: a thousand small objects at a time would otherwise hold a thousand buffers of 128 KiB.</summary>
    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
        base.CopyToAsync(destination, (int)Math.Clamp(Length - BytesRead, 1, Math.Max(1, bufferSize)), cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Downloading is asynchronous: use ReadAsync.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("An object's body is read forwards; open a range to read elsewhere.");

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
