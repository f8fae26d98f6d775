using System.Diagnostics.Metrics;
using SkyCompat.Diagnostics;

namespace SkyCompat.Transfer.Tests.Support;

/// <summary>Counts the body bytes that pass through this process, by the SDK's own published meter.</summary>
public sealed class TrafficMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _bytes;

    /// <param name="meters">Whose meter: that of one host.</param>
    public TrafficMeter(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == SkyCompatTelemetry.TransferredBytes && ReferenceEquals(instrument.Meter.Scope, meters))
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
