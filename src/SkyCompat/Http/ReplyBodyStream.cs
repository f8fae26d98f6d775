using System.Runtime.CompilerServices;

namespace SkyCompat.Http;

/// <summary>The body of a reply: raises Unavailable when it ends early, and gives the connection up rather than fetch a large rest.</summary>
internal sealed class ReplyBodyStream(HttpResponseMessage response, Stream body, long length, string authority) : Stream
{
    private long _rest = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, cancellationToken))
        {
            throw TransportErrors.CreateForReply(exception, authority, isWrite: false);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(body.Read(buffer), buffer.Length);
        }
        catch (Exception exception) when (TransportErrors.Explains(exception, CancellationToken.None))
        {
            throw TransportErrors.CreateForReply(exception, authority, isWrite: false);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await body.DisposeAsync().ConfigureAwait(false);
        response.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int count, int asked)
    {
        _rest -= count;
        if (count == 0 && asked > 0 && _rest > 0)
        {
            throw new CloudException(CloudErrorCode.Unavailable, $"The reply of {authority} ended {_rest} bytes early.");
        }

        return count;
    }
}
