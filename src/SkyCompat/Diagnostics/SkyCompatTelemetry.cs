namespace SkyCompat.Diagnostics;

/// <summary>The names of SkyCompat's telemetry, for OpenTelemetry's <c>AddSource</c> and <c>AddMeter</c>.</summary>
/// <remarks>Spans are named after the neutral operation and have kind Client; no key of an object is ever a metric tag, and no secret appears anywhere. Tag names follow OpenTelemetry semantic
/// conventions 1.36 where they have one; the project's own begin with <c>skycompat.</c>.</remarks>
public static class SkyCompatTelemetry
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "SkyCompat";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "SkyCompat";

    /// <summary>Histogram, seconds: how long operations took, retries included, up to the reply (not the reading of a body).</summary>
    public const string OperationDuration = "skycompat.client.operation.duration";

    /// <summary>Counter: how many requests were sent again.</summary>
    public const string Retries = "skycompat.client.retries";

    /// <summary>Counter, bytes: how many body bytes were sent or received, by <c>skycompat.direction</c>.</summary>
    public const string TransferredBytes = "skycompat.client.io";

    /// <summary>Gauge, bytes: how much of the process-wide byte budget is in use.</summary>
    public const string BufferedBytes = "skycompat.buffers.usage";
}
