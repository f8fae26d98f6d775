using System.Net.WebSockets;
using System.Text;

namespace SkyCompat.Kubernetes;

/// <summary>A connection to a port of a pod.</summary>
internal sealed class PodPortStream(ChannelSocket socket, int port) : Stream
{
    private const byte Data = 0;
    private const int Errors = 1;
    private const int PortBytes = 2;
    private const int BufferBytes = 32 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly int[] _portBytesLeft = [PortBytes, PortBytes]; // Each stream begins with the number of the port.
    private ReadOnlyMemory<byte> _unread;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_unread.IsEmpty && !_ended)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _unread.Length);
        _unread[..count].CopyTo(buffer);
        _unread = _unread[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            for (var sent = 0; sent < buffer.Length; sent += BufferBytes)
            {
                await socket.WriteAsync(Data, buffer.Slice(sent, Math.Min(BufferBytes, buffer.Length - sent)), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (WebSocketException exception)
        {
            throw new IOException("The connection to the pod is closed.", exception);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write to it asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        int channel;
        int count;
        try
        {
            (channel, count) = await socket.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException exception)
        {
            throw new IOException("The connection to the pod broke.", exception);
        }

        if (channel < 0)
        {
            _ended = true;
            return;
        }

        var piece = _buffer.AsMemory(0, count);
        if (channel is Data or Errors)
        {
            var skipped = Math.Min(_portBytesLeft[channel], piece.Length);
            _portBytesLeft[channel] -= skipped;
            piece = piece[skipped..];
        }

        if (channel == Data)
        {
            _unread = piece;
        }
        else if (channel == Errors && !piece.IsEmpty)
        {
            throw new CloudException(CloudErrorCode.Unavailable, $"Port {port} of the pod does not take the connection: {Encoding.UTF8.GetString(piece.Span).Trim()} Check that the container listens on it.") { IsTransient = false };
        }
    }
}
