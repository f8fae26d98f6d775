using System.Collections.Concurrent;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

/// <summary>What the scripted driver was asked, and what goes wrong at which call.</summary>
internal sealed class Script
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<DriverCall> _calls = new();
    private readonly List<(string Operation, Func<DriverCall, bool> When, Func<DriverCall, Task> Do)> _before = [];
    private readonly List<(string Operation, Func<DriverCall, bool> When, Func<DriverCall, Task> Do)> _after = [];

    public IReadOnlyList<DriverCall> Calls => [.. _calls];

    public IEnumerable<string> Operations => _calls.Select(call => call.Operation);

    /// <summary>Wraps the bodies of reads.</summary>
    public Func<DriverCall, Stream, Stream>? WrapBody { get; set; }

    /// <summary>Changes what a read says of its reply.</summary>
    public Func<DriverCall, ObjectContent, ObjectContent>? Lie { get; set; }

    public IReadOnlyList<DriverCall> Of(string operation) => [.. _calls.Where(call => call.Operation == operation)];

    public int Count(string operation) => Of(operation).Count;

    /// <summary>Runs before a call takes effect.</summary>
    public void Before(string operation, Func<DriverCall, Task> run, Func<DriverCall, bool>? when = null) => _before.Add((operation, when ?? (_ => true), run));

    /// <summary>Runs after a call took effect, before its reply arrives.</summary>
    public void After(string operation, Func<DriverCall, Task> run, Func<DriverCall, bool>? when = null) => _after.Add((operation, when ?? (_ => true), run));

    /// <summary>Fails calls, counted from 1 per operation, before they take effect; all of them if no number is given.</summary>
    public void Fail(string operation, Func<CloudException> error, params int[] numbers) =>
        Before(operation, _ => Task.FromException(error()), call => numbers.Length == 0 || numbers.Contains(call.Number));

    /// <summary>Loses replies after the calls took effect.</summary>
    public void LoseReply(string operation, params int[] numbers) =>
        After(operation, _ => Task.FromException(Errors.LostReply()), call => numbers.Length == 0 || numbers.Contains(call.Number));

    /// <summary>Lets a call hang until its token is cancelled, and tells when it was reached.</summary>
    public Task HangAsync(string operation, int number = 1)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Before(
            operation,
            async call =>
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, call.Token);
            },
            call => call.Number == number);
        return reached.Task;
    }

    public async Task<DriverCall> BeginAsync(string operation, string? key, CancellationToken token, Func<DriverCall, DriverCall>? describe = null)
    {
        var call = new DriverCall(operation, key, _counts.AddOrUpdate(operation, 1, (_, count) => count + 1), token);
        call = describe?.Invoke(call) ?? call;
        _calls.Enqueue(call);
        foreach (var (_, when, run) in _before.Where(hook => hook.Operation == operation).ToList())
        {
            if (when(call))
            {
                await run(call);
            }
        }

        return call;
    }

    public async Task EndAsync(DriverCall call)
    {
        foreach (var (_, when, run) in _after.Where(hook => hook.Operation == call.Operation).ToList())
        {
            if (when(call))
            {
                await run(call);
            }
        }
    }
}
