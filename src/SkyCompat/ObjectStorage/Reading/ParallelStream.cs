using System.Buffers;
using System.Runtime.CompilerServices;
using SkyCompat.Memory;

namespace SkyCompat.ObjectStorage;

/// <summary>A body whose ranges are fetched ahead, several at a time, and handed out in order.</summary>
/// <remarks>Buffers are taken from the byte budget only if it has room: with none, the next range is read straight from its connection, so that a reader never waits for memory.</remarks>
internal sealed class ParallelStream : ReadOnlyBodyStream
{
    private readonly ObjectReader _reader;
    private readonly ObjectInfo _info;
    private readonly long _offset;
    private readonly long _partBytes;
    private readonly int _ahead;
    private readonly BodyVerifier? _verifier;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Queue<Task<PooledBuffer>> _fetches = new();
    private long _scheduled;
    private ResumableStream? _direct;
    private PooledBuffer? _buffer;
    private ReadOnlySequence<byte> _rest;
    private bool _disposed;

    /// <param name="reader">Opens ranges.</param>
    /// <param name="info">The object as it was opened.</param>
    /// <param name="offset">Where this body starts in the object.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="first">The first range, open, and its length.</param>
    /// <param name="firstLength">The length of the first range.</param>
    /// <param name="partBytes">The length of further ranges.</param>
    /// <param name="concurrency">How many ranges are in flight, the one being read included.</param>
    /// <param name="verifier">Told all bytes; null for none. Disposed with this.</param>
    public ParallelStream(ObjectReader reader, ObjectInfo info, long offset, long length, Stream first, long firstLength, long partBytes, int concurrency, BodyVerifier? verifier)
        : base(length)
    {
        _reader = reader;
        _info = info;
        _offset = offset;
        _partBytes = partBytes;
        _ahead = concurrency - 1;
        _verifier = verifier;
        _direct = new ResumableStream(reader, info, offset, firstLength, first, verifier: null, _lifetime.Token);
        _scheduled = firstLength;
        FetchAhead();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (BytesRead < Length)
        {
            if (!_rest.IsEmpty)
            {
                var count = (int)Math.Min(buffer.Length, _rest.Length);
                _rest.Slice(0, count).CopyTo(buffer.Span);
                _rest = _rest.Slice(count);
                Deliver(buffer.Span[..count]);
                return count;
            }

            if (_direct is not null)
            {
                var read = await _direct.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0)
                {
                    Deliver(buffer.Span[..read]);
                    return read;
                }
            }

            await AdvanceAsync(cancellationToken).ConfigureAwait(false);
        }

        // Once more, so that who reads on after a mismatch does not take it for the end.
        _verifier?.Check();
        return 0;
    }

    /// <summary>Writes buffered ranges without copying them once more.</summary>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var copyBuffer = ArrayPool<byte>.Shared.Rent(Math.Max(bufferSize, 128 * 1024));
        try
        {
            while (BytesRead < Length)
            {
                if (_rest.IsEmpty)
                {
                    var read = await ReadAsync(copyBuffer, cancellationToken).ConfigureAwait(false);
                    await destination.WriteAsync(copyBuffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    continue;
                }

                var memory = _rest.First;
                Deliver(memory.Span);
                await destination.WriteAsync(memory, cancellationToken).ConfigureAwait(false);
                _rest = _rest.Slice(memory.Length);
            }

            _verifier?.Check();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copyBuffer);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            await base.DisposeAsync().ConfigureAwait(false);
            return;
        }

        _disposed = true;
        await _lifetime.CancelAsync().ConfigureAwait(false);
        if (_direct is not null)
        {
            await _direct.DisposeAsync().ConfigureAwait(false);
        }

        _buffer?.Dispose();
        while (_fetches.TryDequeue(out var fetch))
        {
            await ReturnBufferAsync(fetch).ConfigureAwait(false);
        }

        _verifier?.Dispose();
        _lifetime.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _lifetime.Cancel();
            _direct?.Dispose();
            _buffer?.Dispose();
            ReturnBuffersLater();
            _verifier?.Dispose();
            _lifetime.Dispose();
        }

        base.Dispose(disposing);
    }

    private async void ReturnBuffersLater()
    {
        while (_fetches.TryDequeue(out var fetch))
        {
            await ReturnBufferAsync(fetch).ConfigureAwait(false);
        }
    }

    private static async Task ReturnBufferAsync(Task<PooledBuffer> fetch)
    {
        await ((Task)fetch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (fetch.IsCompletedSuccessfully)
        {
            (await fetch.ConfigureAwait(false)).Dispose();
        }
    }

    private void Deliver(ReadOnlySpan<byte> bytes)
    {
        BytesRead += bytes.Length;
        if (_verifier is not null)
        {
            _verifier.Append(bytes);
            if (BytesRead == Length)
            {
                _verifier.Check();
            }
        }
    }

    /// <summary>Goes on to the next range: one fetched ahead, or straight from its connection.</summary>
    private async ValueTask AdvanceAsync(CancellationToken cancellationToken)
    {
        if (_direct is not null)
        {
            await _direct.DisposeAsync().ConfigureAwait(false);
            _direct = null;
        }

        _buffer?.Dispose();
        _buffer = null;
        FetchAhead();
        if (_fetches.TryPeek(out var fetch))
        {
            _buffer = await fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
            _ = _fetches.Dequeue();
            _rest = _buffer.GetBytes();
        }
        else
        {
            var length = Math.Min(_partBytes, Length - _scheduled);
            _direct = new ResumableStream(_reader, _info, _offset + _scheduled, length, body: null, verifier: null, _lifetime.Token);
            _scheduled += length;
        }

        FetchAhead();
    }

    private void FetchAhead()
    {
        while (_fetches.Count < _ahead && _scheduled < Length)
        {
            var length = Math.Min(_partBytes, Length - _scheduled);
            if (PooledBuffer.TryCreate(_reader.Budget, length) is not { } buffer)
            {
                return;
            }

            _fetches.Enqueue(FetchAsync(buffer, _offset + _scheduled));
            _scheduled += length;
        }
    }

    private async Task<PooledBuffer> FetchAsync(PooledBuffer buffer, long offset)
    {
        try
        {
            // Off the consumer's thread: opening many ranges must not delay its first byte.
            await Task.Yield();
            var range = new ResumableStream(_reader, _info, offset, buffer.Capacity, body: null, verifier: null, _lifetime.Token);
            await using (range.ConfigureAwait(false))
            {
                while (!buffer.IsFull)
                {
                    buffer.Advance(await range.ReadAsync(buffer.GetMemory(), _lifetime.Token).ConfigureAwait(false));
                }
            }

            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
