using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace SkyCompat.Tests;

/// <summary>A clock on which short delays, such as those between retries, are over at once (the clock moves by them) and are written down; longer timers, such as idle timeouts, end only when
/// the test moves the clock.</summary>
internal sealed class TestTime : FakeTimeProvider
{
    /// <summary>What is shorter is a delay.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<TimeSpan> _delays = new();

    public TestTime()
        : base(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
    {
    }

    public IReadOnlyList<TimeSpan> Delays => [.. _delays];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime >= LongestDelay)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _delays.Enqueue(dueTime);
        Advance(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Elapsed();
    }

    private sealed class Elapsed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
