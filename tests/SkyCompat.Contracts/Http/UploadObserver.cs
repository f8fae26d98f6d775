using System.Net;
using System.Security.Cryptography;

namespace SkyCompat.Contracts.Http;

/// <summary>A body that is hashed, and whose beginning is kept, while it is sent.</summary>
internal sealed class UploadObserver : HttpContent
{
    private readonly HttpContent _inner;
    private readonly bool _hashes;
    private readonly int _prefixBytes;
    private readonly MemoryStream _prefix = new();

    public UploadObserver(HttpContent inner, bool hashes, int prefixBytes)
    {
        _inner = inner;
        _hashes = hashes;
        _prefixBytes = prefixBytes;
        foreach (var (name, value) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>Whether all of it was sent.</summary>
    public bool IsComplete { get; private set; }

    public string? Hash { get; private set; }

    public ReadOnlyMemory<byte> Prefix => _prefix.GetBuffer().AsMemory(0, (int)_prefix.Length);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsComplete = false;
        _prefix.SetLength(0);
        using var hash = _hashes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        await _inner.CopyToAsync(new Tap(stream, hash, _prefix, _prefixBytes), context, cancellationToken);
        Hash = hash is null ? null : Convert.ToHexStringLower(hash.GetHashAndReset());
        IsComplete = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    private sealed class Tap(Stream inner, IncrementalHash? hash, MemoryStream prefix, int prefixBytes) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Note(buffer);
            inner.Write(buffer);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Note(buffer.Span);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        private void Note(ReadOnlySpan<byte> bytes)
        {
            hash?.AppendData(bytes);
            var room = prefixBytes - (int)prefix.Length;
            if (room > 0)
            {
                prefix.Write(bytes[..Math.Min(room, bytes.Length)]);
            }
        }
    }
}
