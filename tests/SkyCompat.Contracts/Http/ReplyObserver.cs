using System.Net;

namespace SkyCompat.Contracts.Http;

/// <summary>A document that is checked when its reader comes to its end.</summary>
internal sealed class ReplyObserver : HttpContent
{
    private readonly HttpContent _inner;
    private readonly Action<ReadOnlyMemory<byte>, bool> _check;

    public ReplyObserver(HttpContent inner, Action<ReadOnlyMemory<byte>, bool> check)
    {
        _inner = inner;
        _check = check;
        foreach (var (name, value) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, value);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => Wrap(await _inner.ReadAsStreamAsync());

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => Wrap(await _inner.ReadAsStreamAsync(cancellationToken));

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Wrap(_inner.ReadAsStream(cancellationToken));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var observed = Wrap(await _inner.ReadAsStreamAsync(cancellationToken));
        await observed.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private Tap Wrap(Stream stream) => new(stream, _inner.Headers.ContentLength, _check);

    private sealed class Tap(Stream inner, long? length, Action<ReadOnlyMemory<byte>, bool> check) : Stream
    {
        private readonly MemoryStream _seen = new();
        private bool _isChecked;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = inner.Read(buffer);
            Note(buffer[..count], buffer.Length);
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Note(buffer.Span[..count], buffer.Length);
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                // A reader may stop at the last byte without asking for the end.
                if (_seen.Length == length)
                {
                    Check(mayThrow: false);
                }

                inner.Dispose();
            }

            base.Dispose(disposing);
        }

        private void Note(ReadOnlySpan<byte> bytes, int asked)
        {
            _seen.Write(bytes);
            if (bytes.IsEmpty && asked > 0)
            {
                Check(mayThrow: true);
            }
        }

        private void Check(bool mayThrow)
        {
            if (!_isChecked)
            {
                _isChecked = true;
                check(_seen.GetBuffer().AsMemory(0, (int)_seen.Length), mayThrow);
            }
        }
    }
}
