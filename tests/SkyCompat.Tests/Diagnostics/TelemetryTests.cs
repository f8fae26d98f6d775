using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using SkyCompat.Diagnostics;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class TelemetryTests : IAsyncDisposable
{
    private readonly Engine _engine = new(cloud => cloud.Region = "north", ScriptedBucket.Everything with { MinPartBytes = 1 << 20, MaxPutBytes = 1 << 20 });
    private readonly List<Activity> _activities = [];
    private readonly Activity _parent = new Activity("test").Start();
    private readonly ActivityListener _listener;

    public TelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SkyCompatTelemetry.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // The source is one for the process: other tests' activities are of other traces.
                if (activity.TraceId == _parent.TraceId)
                {
                    lock (_activities)
                    {
                        _activities.Add(activity);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _parent.Dispose();
        return _engine.DisposeAsync();
    }

    [Fact]
    public async Task Calls_OfEveryKind_MakeOneActivityEach()
    {
        var bucket = _engine.Bucket;
        await bucket.PutAsync("a", new byte[10]);
        await bucket.PutAsync("big", new byte[3 << 20]);
        await bucket.GetBytesAsync("a");
        await bucket.TryGetInfoAsync("a");
        await bucket.CopyAsync("a", "b");
        await bucket.ListPageAsync();
        await bucket.SignAsync("a");
        await bucket.DeleteAsync("a");
        await bucket.DeleteManyAsync(new[] { "b" }.ToAsyncEnumerable()).CountAsync();
        await using (var writer = bucket.OpenWrite("w"))
        {
            await writer.WriteAsync(new byte[10]);
            await writer.CommitAsync();
        }

        _activities.Select(activity => activity.OperationName).ShouldBe(
            ["PutObject", "PutObject", "GetObject", "GetObjectInfo", "CopyObject", "ListObjects", "SignRequest", "DeleteObject", "DeleteObjects", "PutObject"]);
        _activities.ShouldAllBe(activity => activity.Kind == ActivityKind.Client && activity.Status == ActivityStatusCode.Unset);
        foreach (var activity in _activities)
        {
            activity.GetTagItem("cloud.provider").ShouldBe("test");
            activity.GetTagItem("cloud.region").ShouldBe("north");
            activity.GetTagItem("server.address").ShouldBe("store.test:443");
            activity.GetTagItem("skycompat.cloud").ShouldBe("home");
            activity.GetTagItem("skycompat.bucket").ShouldBe("media");
        }

        _activities[0].GetTagItem("skycompat.key").ShouldBe("a");
    }

    [Fact]
    public async Task Call_Fails_MarksItsActivityAndMeasurement()
    {
        using var durations = Collect<double>(SkyCompatTelemetry.OperationDuration);
        _engine.Script.Fail("GetObjectInfo", Errors.Denied);

        await CloudAssert.FailsAsync(() => _engine.Bucket.TryGetInfoAsync("a"), CloudErrorCode.PermissionDenied);

        var activity = _activities.ShouldHaveSingleItem();
        activity.Status.ShouldBe(ActivityStatusCode.Error);
        activity.GetTagItem("error.type").ShouldBe("PermissionDenied");
        durations.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags["error.type"].ShouldBe("PermissionDenied");
    }

    [Fact]
    public async Task Call_Cancelled_IsNoError()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => _engine.Bucket.TryGetInfoAsync("a", cancellationToken: new CancellationToken(canceled: true)));

        _activities.ShouldHaveSingleItem().Status.ShouldBe(ActivityStatusCode.Unset);
        _engine.Logs.GetSnapshot().ShouldAllBe(record => record.Level < LogLevel.Warning);
    }

    [Fact]
    public async Task Metrics_OfATransfer_AreRecordedWithoutKeys()
    {
        using var durations = Collect<double>(SkyCompatTelemetry.OperationDuration);
        using var bytes = Collect<long>(SkyCompatTelemetry.TransferredBytes);
        using var retries = Collect<long>(SkyCompatTelemetry.Retries);
        _engine.Script.Fail("PutPart", Errors.Unavailable, 1);

        await _engine.Bucket.PutAsync("secret-key", Engine.Bytes(3 << 20));
        await _engine.Bucket.GetBytesAsync("secret-key");

        durations.GetMeasurementSnapshot().Select(m => m.Tags["skycompat.operation"]).ShouldBe(["PutObject", "GetObject"]);
        bytes.GetMeasurementSnapshot().Where(m => Equals(m.Tags["skycompat.direction"], "send")).Sum(m => m.Value).ShouldBe(3 << 20);
        bytes.GetMeasurementSnapshot().Where(m => Equals(m.Tags["skycompat.direction"], "receive")).Sum(m => m.Value).ShouldBe(3 << 20);
        retries.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags["error.type"].ShouldBe("Unavailable");
        durations.GetMeasurementSnapshot().SelectMany(m => m.Tags).Concat(bytes.GetMeasurementSnapshot().SelectMany(m => m.Tags)).ShouldAllBe(tag => !$"{tag.Value}".Contains("secret"));
    }

    [Fact]
    public async Task BufferedBytes_ReservedBuffer_IsObserved()
    {
        using var buffered = Collect<long>(SkyCompatTelemetry.BufferedBytes);
        _engine.Budget.TryReserve(1_234).ShouldBeTrue();

        buffered.RecordObservableInstruments();

        buffered.LastMeasurement!.Value.ShouldBe(1_234);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Retry_IsLoggedAsAWarning()
    {
        _engine.Script.Fail("GetObjectInfo", Errors.Unavailable, 1);

        await _engine.Bucket.ExistsAsync("a");

        var record = _engine.Logs.GetSnapshot().Where(r => r.Level == LogLevel.Warning).ShouldHaveSingleItem();
        record.Id.Id.ShouldBe(1001);
        record.Message.ShouldContain("GetObjectInfo media/a on home failed with Unavailable; attempt 2 follows");
        record.Category.ShouldBe("SkyCompat.ObjectStorage");
    }

    [Fact]
    public async Task Resume_IsLoggedAsAWarning()
    {
        _engine.Driver.Seed("a", new byte[100]);
        _engine.Script.WrapBody = (call, body) => call.Number == 1 ? new ScriptedBody(body, 40) : body;

        await _engine.Bucket.GetBytesAsync("a");

        _engine.Logs.GetSnapshot().ShouldContain(r => r.Level == LogLevel.Warning && r.Id.Id == 1002 && r.Message.Contains("byte 40"));
    }

    [Fact]
    public async Task SignedUrl_IsInNoTagAndNoLog()
    {
        var signed = await _engine.Bucket.SignAsync("a");

        signed.ToString().ShouldNotContain("top-secret");
        _activities.SelectMany(activity => activity.TagObjects).ShouldAllBe(tag => !$"{tag.Value}".Contains("top-secret"));
        _engine.Logs.GetSnapshot().ShouldAllBe(record => !record.Message.Contains("top-secret"));
    }

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(_engine.Services.GetRequiredService<IMeterFactory>(), SkyCompatTelemetry.MeterName, instrument);
}
