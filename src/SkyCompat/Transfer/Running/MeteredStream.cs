using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Running;

/// <summary>A body of the source on its way: counted, and held to the bandwidth.</summary>
internal sealed class MeteredStream(Stream inner, long length, TransferMeter meter, ActiveObject active, BandwidthLimiter? bandwidth) : ReadOnlyBodyStream(length)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (bandwidth is not null)
        {
            await bandwidth.WaitAsync(read, cancellationToken).ConfigureAwait(false);
        }

        BytesRead += read;
        meter.Move(active, read);
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
