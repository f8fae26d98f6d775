using System.Buffers;
using SkyCompat.Memory;

namespace SkyCompat.ObjectStorage;

/// <summary>Writes one object: by one request if it turns out small, otherwise in parts, several at a time.</summary>
internal sealed class ObjectUploader : ObjectWriter
{
    private const int DefaultConcurrency = 4;
    private const int ProbeBytes = 4096;

    private readonly WriteRequests _requests;
    private readonly string _key;
    private readonly long? _length;
    private readonly bool _traced;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<Task> _inFlight = [];
    private readonly SortedDictionary<int, (UploadedPart Part, Checksum Crc32C)> _parts = [];
    private readonly ChecksumHasher? _expectedHasher;
    private readonly string _writeId = WriteStamp.NewId();
    private PutOptions _options;
    private BucketCapabilities? _capabilities;
    private PartPlan? _plan;
    private PooledBuffer? _buffer;
    private Task<MultipartUpload>? _upload;
    private Exception? _failure;
    private long _written;
    private long _acknowledged;
    private int _lastPart;
    private bool _finished;
    private bool _disposed;

    /// <param name="requests">Sends the requests.</param>
    /// <param name="key">The key.</param>
    /// <param name="options">Options as the user gave them.</param>
    /// <param name="length">The length of the body, if it is known.</param>
    /// <param name="traced">Whether the commit is a public operation of its own, to be traced.</param>
    public ObjectUploader(WriteRequests requests, string key, PutOptions options, long? length, bool traced)
    {
        _requests = requests;
        _key = key;
        _options = options;
        _length = length;
        _traced = traced;
        _slots = new SemaphoreSlim(Math.Max(1, options.Concurrency ?? DefaultConcurrency));
        _expectedHasher = options.Checksum is { } expected ? new ChecksumHasher(expected.Algorithm) : null;
    }

    public override long BytesWritten => _written;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        EnsureUsable();
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            while (!bytes.IsEmpty)
            {
                var free = await GetFreeMemoryAsync(cancellationToken).ConfigureAwait(false);
                var count = Math.Min(free.Length, bytes.Length);
                bytes[..count].CopyTo(free);
                Advance(count);
                bytes = bytes[count..];
            }
        }
        catch (Exception exception)
        {
            _failure ??= exception;
            throw;
        }
    }

    /// <summary>Reads a stream to its end, or to the stated length.</summary>
    public async Task ReadFromAsync(Stream stream, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        var probe = ArrayPool<byte>.Shared.Rent(ProbeBytes);
        try
        {
            while (true)
            {
                // A full buffer may be the last: whether it is shows only by reading on, and a new buffer must not be asked for while one is held.
                var atEdge = _written == _length || _buffer is { IsFull: true };
                var target = atEdge ? probe.AsMemory() : await GetFreeMemoryAsync(cancellationToken).ConfigureAwait(false);
                var read = await stream.ReadAsync(target, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                if (_written + read > _length)
                {
                    throw LengthMismatch($"more than the {_length} bytes stated");
                }

                if (atEdge)
                {
                    await WriteAsync(probe.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    Advance(read);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(probe);
        }

        if (_length is { } stated && _written < stated)
        {
            throw LengthMismatch($"{_written} bytes, and {stated} were stated");
        }
    }

    /// <summary>Sends memory of the caller in parts, without copying it.</summary>
    public async Task ReadFromAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        while (!bytes.IsEmpty)
        {
            var part = bytes.Slice(0, Math.Min(bytes.Length, _plan!.SizeOf(_lastPart + 1)));
            _written += part.Length;
            await SendPartAsync(part, null, cancellationToken).ConfigureAwait(false);
            bytes = bytes.Slice(part.Length);
        }
    }

    public override Task<PutResult> CommitAsync(CancellationToken cancellationToken = default)
    {
        EnsureUsable();
        return _traced
            ? _requests.Bucket.Calls.TraceAsync("PutObject", _requests.Bucket.Name, _key, this, static (uploader, token) => new ValueTask<PutResult>(uploader.CommitCoreAsync(token)), cancellationToken)
            : CommitCoreAsync(cancellationToken);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        if (_disposed)
        {
            return;
        }

        var aborts = !_finished;
        _finished = true;
        _disposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_inFlight).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _buffer?.Dispose();
        _buffer = null;
        if (aborts && _upload is not null)
        {
            await _requests.AbortUploadAsync(_upload).ConfigureAwait(false);
        }

        _expectedHasher?.Dispose();
        _slots.Dispose();
        _stop.Dispose();
    }

    private async Task<PutResult> CommitCoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            var result = _upload is null && !(_buffer?.Length > _capabilities!.MaxPutBytes)
                ? await PutWholeAsync(cancellationToken).ConfigureAwait(false)
                : await CompleteAsync(cancellationToken).ConfigureAwait(false);
            _finished = true;
            return result;
        }
        catch (Exception exception)
        {
            _failure ??= exception;
            throw;
        }
    }

    private ValueTask<PutResult> PutWholeAsync(CancellationToken cancellationToken) =>
        _requests.PutAsync(_key, _buffer?.GetBytes() ?? ReadOnlySequence<byte>.Empty, _options, _capabilities!, cancellationToken);

    private async Task<PutResult> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_buffer is { Length: > 0 })
        {
            await SendBufferAsync(cancellationToken).ConfigureAwait(false);
        }

        await Task.WhenAll(_inFlight).WaitAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfFailed();
        if (_expectedHasher is not null)
        {
            WriteRequests.Compare(_options.Checksum!, _expectedHasher.GetChecksum());
        }

        var checksum = WriteRequests.CombineChecksums([.. _parts.Values.Select(p => p.Part with { Checksum = p.Crc32C })], ChecksumAlgorithm.Crc32C);
        var upload = await _upload!.ConfigureAwait(false);
        var result = await _requests.CompleteUploadAsync(upload, [.. _parts.Values.Select(p => p.Part)], _options, _writeId, _capabilities!, cancellationToken).ConfigureAwait(false);
        return result with { Size = _written, Checksum = checksum };
    }

    private async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (_capabilities is not null)
        {
            return;
        }

        var capabilities = await _requests.Bucket.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        _options = _requests.Check(_key, _options, capabilities);
        _plan = new PartPlan(capabilities, _options, _length, _requests.Bucket.Budget.Capacity);
        if (_length > _plan.SingleBytes)
        {
            WriteRequests.CheckSize(_length.Value, capabilities.MaxObjectBytes);
            _requests.RequireMultipart(_options.Condition, capabilities);
        }
        else
        {
            _requests.RequireSingle(_options.Condition, capabilities);
        }

        _capabilities = capabilities;
    }

    private async ValueTask<Memory<byte>> GetFreeMemoryAsync(CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        if (_buffer is { IsFull: true })
        {
            await SendBufferAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_buffer is null)
        {
            // Whole parts, unless it is known that one request will do: the store may take less by one request than it wants of a part.
            var size = _length <= _plan!.SingleBytes ? _plan.SingleBytes : _plan.SizeOf(_lastPart + 1);
            if (_length is { } stated)
            {
                size = Math.Max(1, Math.Min(size, stated - _written));
            }

            _buffer = await PooledBuffer.CreateAsync(_requests.Bucket.Budget, size, cancellationToken).ConfigureAwait(false);
        }

        return _buffer.GetMemory();
    }

    private void Advance(int count)
    {
        _buffer!.Advance(count);
        _written += count;
    }

    private async ValueTask SendBufferAsync(CancellationToken cancellationToken)
    {
        var buffer = _buffer!;
        _buffer = null;
        try
        {
            await SendPartAsync(buffer.GetBytes(), buffer, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Starts sending a part, once a slot is free. The buffer, if any, goes back when the part was sent.</summary>
    private async ValueTask SendPartAsync(ReadOnlySequence<byte> bytes, PooledBuffer? buffer, CancellationToken cancellationToken)
    {
        WriteRequests.CheckSize(_written, _capabilities!.MaxObjectBytes);
        if (_upload is null)
        {
            _requests.RequireMultipart(_options.Condition, _capabilities);
            _options = _options with { Metadata = WriteStamp.Add(_options.Metadata, _writeId) };

            // Without the caller's token: an upload that was started must become known, so that it can be aborted.
            _upload = _requests.CreateUploadAsync(_key, _options, CancellationToken.None);
        }

        _expectedHasher?.Append(bytes);
        var upload = await _upload.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfFailed();
        _inFlight.RemoveAll(static task => task.IsCompletedSuccessfully);
        _inFlight.Add(UploadPartAsync(upload, ++_lastPart, bytes, buffer));
    }

    private async Task UploadPartAsync(MultipartUpload upload, int number, ReadOnlySequence<byte> bytes, PooledBuffer? buffer)
    {
        try
        {
            await Task.Yield();
            var crc32C = ChecksumHasher.Compute(ChecksumAlgorithm.Crc32C, bytes);
            var part = await _requests.PutPartAsync(upload, number, bytes, crc32C, _capabilities!, _stop.Token).ConfigureAwait(false);
            lock (_lock)
            {
                _parts.Add(number, (part, crc32C));
                _acknowledged += bytes.Length;
                _options.Progress?.Report(_acknowledged);
            }
        }
#pragma warning disable CA1031 // Kept for the next write or the commit, which raises it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_lock)
            {
                _failure ??= exception;
            }

            await _stop.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            buffer?.Dispose();
            _slots.Release();
        }
    }

    private void EnsureUsable()
    {
        ThrowIfFailed();
        if (_finished)
        {
            throw new InvalidOperationException("The writer was committed or disposed.");
        }
    }

    private void ThrowIfFailed()
    {
        lock (_lock)
        {
            switch (_failure)
            {
                case null:
                    return;
                case CloudException failure:
                    throw failure;
                default:
                    throw new InvalidOperationException("An earlier write failed; the writer can only be disposed.", _failure);
            }
        }
    }

    private static CloudException LengthMismatch(string what) =>
        new(CloudErrorCode.InvalidArgument, $"The body has {what}. Nothing was written.") { Reason = ObjectStorageErrorReasons.LengthMismatch };
}
