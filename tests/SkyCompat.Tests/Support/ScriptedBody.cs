namespace SkyCompat.Tests;

/// <summary>A body that breaks after so many bytes.</summary>
internal sealed class ScriptedBody(Stream inner, long breakAfter = long.MaxValue, Func<CancellationToken, Task>? atBreak = null, int chunk = int.MaxValue, Action? disposed = null) : Stream
{
    private long _read;
    private bool _disposed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_read >= breakAfter)
        {
            // Without anything to do the body just ends: it is truncated.
            await (atBreak?.Invoke(cancellationToken) ?? Task.CompletedTask);
            return 0;
        }

        var count = await inner.ReadAsync(buffer[..(int)Math.Min(Math.Min(buffer.Length, chunk), breakAfter - _read)], cancellationToken);
        _read += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            disposed?.Invoke();
        }

        base.Dispose(disposing);
    }
}
