using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace SkyCompat.Conformance.Internal;

/// <summary>Records the activities of one call, and of no other that runs at the same time: they belong to one trace.</summary>
internal sealed class ActivityRecorder : IDisposable
{
    private const string SourceName = "SkyCompat";
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ActivitySpanId _parent = ActivitySpanId.CreateRandom();
    private readonly ActivityListener _listener;

    public ActivityRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => string.Equals(source.Name, SourceName, StringComparison.Ordinal),
            Sample = Sample,
            ActivityStopped = Record,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The activities that the caller's own one is the parent of.</summary>
    public IReadOnlyList<Activity> Direct => [.. _stopped.Where(activity => string.Equals(activity.ParentSpanId.ToHexString(), ParentId, StringComparison.Ordinal))];

    private string? ParentId { get; set; }

    public async Task RunAsync(Func<Task> call)
    {
        using var caller = new Activity("conformance");
        caller.SetParentId(_trace, _parent, ActivityTraceFlags.Recorded);
        caller.Start();
        ParentId = caller.SpanId.ToHexString();
        await call();
    }

    /// <summary>All that the activities say.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var activity in _stopped)
        {
            text.AppendLine(activity.DisplayName).AppendLine(activity.StatusDescription);
            foreach (var (key, value) in activity.TagObjects.Concat(activity.Events.SelectMany(item => item.Tags)))
            {
                text.Append(key).Append('=').Append(value).AppendLine();
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) =>
        options.TraceId == _trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None;

    private void Record(Activity activity)
    {
        if (activity.TraceId == _trace)
        {
            _stopped.Enqueue(activity);
        }
    }
}
