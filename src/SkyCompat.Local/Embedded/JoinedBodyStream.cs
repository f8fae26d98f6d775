namespace SkyCompat.Local;

/// <summary>A body in segments, opened one after the other as they are reached.</summary>
/// <param name="segments">The segments.</param>
/// <param name="open">Opens one; null if it is gone.</param>
/// <param name="key">The key, for errors.</param>
internal sealed class JoinedBodyStream(IReadOnlyList<BodySegment> segments, Func<BodySegment, Stream?> open, string key) : ForwardStream
{
    private readonly Queue<Stream> _opened = new();
    private int _next;

    /// <summary>Opens the first segments now, so that they stay readable if the object is replaced before they are reached.</summary>
    /// <returns>False if one is gone already.</returns>
    public bool TryOpen(int count)
    {
        for (; _next < count && _next < segments.Count; _next++)
        {
            if (open(segments[_next]) is not { } stream)
            {
                return false;
            }

            _opened.Enqueue(stream);
        }

        return true;
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            if (_opened.Count == 0 && !TryOpen(_next + 1))
            {
                throw StorageErrors.ObjectChanged(key);
            }

            if (!_opened.TryPeek(out var current))
            {
                return 0;
            }

            var read = current.Read(buffer);
            if (read > 0)
            {
                return read;
            }

            _opened.Dequeue().Dispose();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            while (_opened.TryDequeue(out var stream))
            {
                stream.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
