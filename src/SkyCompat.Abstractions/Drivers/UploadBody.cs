using System.Buffers;

namespace SkyCompat.Drivers;

/// <summary>The bytes of one attempt to send a request: of known length, in memory, and the same each time they are read.</summary>
/// <remarks>The engine disposes it when the attempt is over, and only then reuses the memory: a transport that is still copying, as after a cancellation, is waited for, and one that comes
/// later is refused. So no transport can ever send bytes of somebody else.</remarks>
public sealed class UploadBody : IAsyncDisposable
{
    private const int ChunkBytes = 256 * 1024;

    private readonly ReadOnlySequence<byte> _bytes;
    private readonly Action? _progress;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _idle;
    private int _copies;
    private bool _disposed;

    /// <summary>Creates a body.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="progress">Told each time some bytes were taken, so that an upload that makes progress does not count as idle; null for nobody.</param>
    public UploadBody(ReadOnlySequence<byte> bytes, Action? progress = null)
    {
        _bytes = bytes;
        _progress = progress;
        Length = bytes.Length;
    }

    /// <summary>The bytes, for signing and for drivers that are done with them when their call returns. Those that hand them to a transport use <see cref="CopyToAsync"/> or <see cref="AsStream"/>.</summary>
    public ReadOnlySequence<byte> Bytes => _bytes;

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>Writes the bytes in chunks of at most 256 KiB, telling progress after each. For drivers that write to a connection themselves.</summary>
    /// <param name="destination">The connection.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>A task that ends with the last byte.</returns>
    /// <exception cref="ObjectDisposedException">The attempt is over.</exception>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Enter();
        try
        {
            foreach (var segment in _bytes)
            {
                for (var rest = segment; !rest.IsEmpty;)
                {
                    ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
                    var chunk = rest[..Math.Min(ChunkBytes, rest.Length)];
                    await destination.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
                    _progress?.Invoke();
                    rest = rest[chunk.Length..];
                }
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The bytes as a stream that can seek, telling progress as it is read. For drivers over an SDK that wants a stream.</summary>
    /// <returns>A new stream at the first byte.</returns>
    public Stream AsStream() => new UploadBodyStream(this);

    /// <summary>Ends the attempt: refuses new reads and waits for those under way.</summary>
    /// <returns>A task that ends when the memory may be reused.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            if (_copies == 0)
            {
                return ValueTask.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_idle.Task);
        }
    }

    /// <summary>Copies bytes at a position, unless the attempt is over.</summary>
    internal int Read(long position, Span<byte> destination)
    {
        var count = (int)Math.Min(destination.Length, Math.Max(0, Length - position));
        if (count > 0)
        {
            Enter();
            try
            {
                _bytes.Slice(position, count).CopyTo(destination);
            }
            finally
            {
                Leave();
            }

            _progress?.Invoke();
        }

        return count;
    }

    private void Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _copies++;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_copies == 0)
            {
                _idle?.SetResult();
            }
        }
    }
}
