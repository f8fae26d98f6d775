using System.Runtime.CompilerServices;

namespace SkyCompat.ObjectStorage;

/// <summary>A body that goes on after its connection broke, from the byte where it stopped, pinned to the same content.</summary>
internal sealed class ResumableStream : ReadOnlyBodyStream
{
    private readonly ObjectReader _reader;
    private readonly ObjectInfo _info;
    private readonly long _offset;
    private readonly BodyVerifier? _verifier;
    private readonly CancellationToken _owner;
    private Stream? _body;
    private bool _interrupted;
    private bool _disposed;

    /// <param name="reader">Reopens the object.</param>
    /// <param name="info">The object as it was opened; a resumed body must be of the same content.</param>
    /// <param name="offset">Where this body starts in the object.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="body">The open body, or null to open it at the first read.</param>
    /// <param name="verifier">Told all bytes; null for none. Disposed with this.</param>
    /// <param name="owner">Ends reads for good, as when a parallel read is disposed.</param>
    public ResumableStream(ObjectReader reader, ObjectInfo info, long offset, long length, Stream? body, BodyVerifier? verifier, CancellationToken owner = default)
        : base(length)
    {
        _reader = reader;
        _info = info;
        _offset = offset;
        _body = body;
        _verifier = verifier;
        _owner = owner;
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

        if (BytesRead == Length)
        {
            // Once more, so that who reads on after a mismatch does not take it for the end.
            _verifier?.Check();
            return 0;
        }

        buffer = buffer[..(int)Math.Min(buffer.Length, Length - BytesRead)];
        if (_interrupted)
        {
            // The read before was cancelled midway, and with it the connection.
            await CloseBodyAsync().ConfigureAwait(false);
        }

        for (var failures = 0; ;)
        {
            _body ??= await _reader.ReopenAsync(_info, _offset + BytesRead, Length - BytesRead, cancellationToken).ConfigureAwait(false);
            Exception cause;
            try
            {
                var read = await ReadBodyAsync(_body, buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0)
                {
                    Deliver(buffer.Span[..read]);
                    return read;
                }

                cause = new EndOfStreamException($"The body ended after {BytesRead} of {Length} bytes.");
            }
            catch (Exception exception) when (IsBroken(exception, cancellationToken))
            {
                cause = exception;
            }

            await CloseBodyAsync().ConfigureAwait(false);
            failures = await _reader.BackOffAsync(_info.Key, _offset + BytesRead, failures, cause, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _disposed = true;
        await CloseBodyAsync().ConfigureAwait(false);
        _verifier?.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _body?.Dispose();
            _body = null;
            _verifier?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Deliver(ReadOnlySpan<byte> bytes)
    {
        BytesRead += bytes.Length;
        _reader.Received(bytes.Length);
        if (_verifier is not null)
        {
            _verifier.Append(bytes);
            if (BytesRead == Length)
            {
                _verifier.Check();
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadBodyAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // Held by this read alone, so that a stream disposed meanwhile returns nothing that is in use.
        var idle = _reader.IdleSources.Rent();
        _interrupted = false;
        try
        {
            using var caller = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), idle);
            using var owner = _owner.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), idle);
            idle.CancelAfter(_reader.IdleTimeout);
            return await body.ReadAsync(buffer, idle.Token).ConfigureAwait(false);
        }
        finally
        {
            _interrupted = idle.IsCancellationRequested;
            _reader.IdleSources.Return(idle);
        }
    }

    private bool IsBroken(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested && !_owner.IsCancellationRequested && _interrupted,
        CloudException { IsTransient: true } or IOException or HttpRequestException => !cancellationToken.IsCancellationRequested && !_owner.IsCancellationRequested,
        _ => false,
    };

    private async ValueTask CloseBodyAsync()
    {
        if (_body is { } body)
        {
            _body = null;
            await body.DisposeAsync().ConfigureAwait(false);
        }
    }
}
