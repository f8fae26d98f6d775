using System.Diagnostics.Metrics;
using SkyCompat.Diagnostics;

namespace SkyCompat.Transfer.Tests.Support;

/// <summary>Counts the body bytes that pass through this process, by the SDK's own published meter. It sees the whole process: the test must be alone.</summary>
public sealed class TrafficMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _bytes;

    public TrafficMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == SkyCompatTelemetry.TransferredBytes)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _bytes, value));
        _listener.Start();
    }

    public long Bytes => Interlocked.Read(ref _bytes);

    public void Dispose() => _listener.Dispose();
}
