using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SkyCompat.Diagnostics;

/// <summary>The one activity source and the one meter.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string DirectionTag = "skycompat.direction";

    private static readonly ActivitySource Source = new(SkyCompatTelemetry.ActivitySourceName, typeof(Telemetry).Assembly.GetName().Version?.ToString(3));

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _bytes;

    public Telemetry(IMeterFactory? meters, Func<long> bufferedBytes)
    {
        _meter = meters?.Create(SkyCompatTelemetry.MeterName) ?? new Meter(SkyCompatTelemetry.MeterName);
        _duration = _meter.CreateHistogram(
            SkyCompatTelemetry.OperationDuration,
            "s",
            "Duration of cloud operations, retries included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });
        _retries = _meter.CreateCounter<long>(SkyCompatTelemetry.Retries, "{request}", "Requests that were sent again.");
        _bytes = _meter.CreateCounter<long>(SkyCompatTelemetry.TransferredBytes, "By", "Body bytes sent and received.");
        _meter.CreateObservableUpDownCounter(SkyCompatTelemetry.BufferedBytes, bufferedBytes, "By", "Bytes of the process-wide buffer budget in use.");
    }

    public static Activity? Start(string operation) => Source.StartActivity(operation, ActivityKind.Client);

    public void Completed(CloudIdentity cloud, string operation, TimeSpan duration, CloudErrorCode? error)
    {
        if (!_duration.Enabled)
        {
            return;
        }

        var tags = new TagList
        {
            { "cloud.provider", cloud.ProviderTag },
            { "cloud.region", cloud.Location.Region },
            { "skycompat.cloud", cloud.Name },
            { "skycompat.operation", operation },
        };
        if (error is { } code)
        {
            tags.Add("error.type", code.ToString());
        }

        _duration.Record(duration.TotalSeconds, tags);
    }

    public void Retried(CloudIdentity cloud, string operation, CloudErrorCode error)
    {
        if (_retries.Enabled)
        {
            _retries.Add(1, new("skycompat.cloud", cloud.Name), new("skycompat.operation", operation), new("error.type", error.ToString()));
        }
    }

    public void Sent(CloudIdentity cloud, long bytes) => Count(cloud, bytes, "send");

    public void Received(CloudIdentity cloud, long bytes) => Count(cloud, bytes, "receive");

    public void Dispose() => _meter.Dispose();

    private void Count(CloudIdentity cloud, long bytes, string direction)
    {
        if (bytes > 0 && _bytes.Enabled)
        {
            _bytes.Add(bytes, new("skycompat.cloud", cloud.Name), new(DirectionTag, direction));
        }
    }
}
