namespace SkyCompat.Local;

/// <summary>The body of a read that meets faults on its way.</summary>
internal sealed class FaultyBodyStream(Stream inner, IReadOnlyList<FaultRule> faults, TimeProvider time) : ForwardStream
{
    private long _position;

    /// <summary>Waits are for asynchronous readers only: a clock that stands still would block this thread for ever.</summary>
    public override int Read(Span<byte> buffer) => Damage(buffer, inner.Read(buffer[..Allowed(buffer.Length)]));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        foreach (var fault in faults.Where(fault => fault.Kind == FaultKind.SlowBody))
        {
            await Task.Delay(fault.Delay, time, cancellationToken).ConfigureAwait(false);
        }

        var read = await inner.ReadAsync(buffer[..Allowed(buffer.Length)], cancellationToken).ConfigureAwait(false);
        return Damage(buffer.Span, read);
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Up to the place where the connection breaks: the bytes before it arrive.
    private int Allowed(int wanted)
    {
        var breaks = faults.Where(fault => fault.Kind == FaultKind.TruncatedBody).Select(fault => fault.AtByte).DefaultIfEmpty(long.MaxValue).Min();
        if (wanted > 0 && _position >= breaks)
        {
            throw FaultInjector.Reset(mayHaveTakenEffect: false);
        }

        return (int)Math.Min(wanted, breaks - _position);
    }

    private int Damage(Span<byte> buffer, int read)
    {
        foreach (var fault in faults)
        {
            if (fault.Kind == FaultKind.CorruptedBody && fault.AtByte >= _position && fault.AtByte < _position + read)
            {
                buffer[(int)(fault.AtByte - _position)] ^= 1;
            }
        }

        _position += read;
        return read;
    }
}
