using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using SkyCompat.ObjectStorage;
using SkyCompat.Resilience;
using SkyCompat.Transfer.Journal;

namespace SkyCompat.Transfer.Running;

/// <summary>One run of a transfer: lists and copies at the same time, within one limit on what is in flight.</summary>
internal sealed class TransferRun : IDisposable
{
    private const int StartConcurrency = 8;
    private const int DecisionsAhead = 10_000;
    private const int LargeAhead = 1_000;
    private const long WorkPerObject = 256 << 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly TransferContext _context;
    private readonly TransferJournal _journal;
    private readonly TransferObserver? _observer;
    private readonly TimeProvider _time;
    private readonly IReadOnlyCollection<CloudCalls> _calls;
    private readonly TransferMeter _meter;
    private readonly ConcurrencyGate _gate;
    private readonly ConcurrencyController _controller;
    private readonly Channel<Decision> _large = Channel.CreateBounded<Decision>(new BoundedChannelOptions(LargeAhead) { SingleWriter = true });
    private readonly BandwidthLimiter? _bandwidth;
    private readonly PartMover _parts;
    private readonly ObjectMover _mover;
    private readonly ContentComparer _comparer;
    private readonly Lock _observing = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private int _running = 1;
    private Exception? _failure;
    private long _peakBufferBytes;

    public TransferRun(TransferContext context, TransferJournal journal, TransferObserver? observer, TimeProvider time, IReadOnlyCollection<CloudCalls> calls, int maxConcurrency)
    {
        _context = context;
        _journal = journal;
        _observer = observer;
        _time = time;
        _calls = calls;
        _meter = new TransferMeter(time);
        _controller = new ConcurrencyController(StartConcurrency, maxConcurrency);
        _gate = new ConcurrencyGate(_controller.Limit);
        _bandwidth = context.Options.MaxBytesPerSecond is { } limit ? new BandwidthLimiter(limit) : null;
        _parts = new PartMover(context, journal, _meter, _gate, _bandwidth, new SignedSources(context.Source, time));
        _mover = new ObjectMover(context, _parts, _meter, _bandwidth);
        _comparer = new ContentComparer(context);
    }

    public async Task<TransferReport> RunAsync(CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _stop);
        Observe(observer => observer.OnStarting(_context.Outline));
        var ticking = TickAsync(_stop.Token);
        try
        {
            await CopyAsync(cancellationToken).ConfigureAwait(false);
            await DeleteAsync().ConfigureAwait(false);
            if (_meter.Failed == 0)
            {
                await _parts.DropLeftoversAsync().ConfigureAwait(false);
                await _journal.FinishAsync().ConfigureAwait(false);
                _context.Target.Complete();
            }
        }
        finally
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await ticking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _meter.Spend(_context.TakeOverhead());
        Observe(observer => observer.OnProgress(_meter.GetProgress(0, _gate.Limit)));
        return _meter.GetReport(_context.Outline.Losses, _peakBufferBytes);
    }

    public void Dispose()
    {
        _parts.Dispose();
        _bandwidth?.Dispose();
        _stop.Dispose();
    }

    /// <summary>What became of an object that only the destination had.</summary>
    public static TransferResult ToResult(TransferContext context, DeleteResult deleted) => new()
    {
        Name = deleted.Key,
        Target = context.Target.PathOf(deleted.Key),
        Outcome = deleted.Outcome is DeleteOutcome.Failed ? TransferOutcome.Failed : TransferOutcome.Deleted,
        Reason = deleted.Error?.Message ?? "only the destination had it",
        Error = deleted.Error,
    };

    /// <summary>What ends the whole transfer: what is wrong with a side and not with an object.</summary>
    private static bool IsFatal(CloudException exception) =>
        exception.Code is CloudErrorCode.Unauthenticated or CloudErrorCode.QuotaExceeded
        || exception.Reason is ObjectStorageErrorReasons.BucketNotFound or ObjectStorageErrorReasons.ReadOnly or ObjectStorageErrorReasons.ClockSkew;

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        var decisions = Channel.CreateBounded<Decision>(new BoundedChannelOptions(DecisionsAhead) { SingleReader = true, SingleWriter = true });
        var deciding = DecideAsync(decisions.Writer);
        var large = Enumerable.Range(0, TransferDefaults.LargeObjects).Select(_ => Task.Run(CopyLargeAsync, CancellationToken.None)).ToArray();
        try
        {
            await foreach (var decision in decisions.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await StartAsync(decision).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Why is known below, once everything in flight has ended.
        }
#pragma warning disable CA1031 // Kept, and raised below.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }

        _large.Writer.Complete();
        await Task.WhenAll(large).ConfigureAwait(false);
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _idle.TrySetResult();
        }

        await _idle.Task.ConfigureAwait(false);
        await deciding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Raised by the reader of the channel.")]
    private async Task DecideAsync(ChannelWriter<Decision> decisions)
    {
        try
        {
            await foreach (var decision in new Decider(_context, _journal).DecideAsync(_stop.Token).ConfigureAwait(false))
            {
                switch (decision.Action)
                {
                    case TransferAction.Skip:
                        Report(ToResult(decision, TransferOutcome.Skipped), decision.IsResumed);
                        break;
                    case TransferAction.Refuse:
                        Report(ToResult(decision, TransferOutcome.Failed) with { Error = Refused(decision) });
                        break;
                    case TransferAction.Delete:
                        await _journal.AddExtraAsync(decision.Name).ConfigureAwait(false);
                        break;
                    default:
                        if (!decision.NeedsLook)
                        {
                            _meter.Found(decision.Source!.Value.Size);
                        }

                        await decisions.WriteAsync(decision, _stop.Token).ConfigureAwait(false);
                        break;
                }
            }

            _meter.IsListingDone = true;
            decisions.Complete();
        }
        catch (Exception exception)
        {
            decisions.Complete(exception);
        }
    }

    private async ValueTask StartAsync(Decision decision)
    {
        if (_context.IsMovedInParts(decision.Source!.Value.Size))
        {
            // In a queue of their own, so that small ones behind them go on.
            await _large.Writer.WriteAsync(decision, _stop.Token).ConfigureAwait(false);
            return;
        }

        await _gate.EnterAsync(_stop.Token).ConfigureAwait(false);
        Interlocked.Increment(ref _running);
        _ = Task.Run(() => CopySmallAsync(decision), CancellationToken.None);
    }

    private async Task CopySmallAsync(Decision decision)
    {
        await CopyAsync(decision, holdsSlot: true).ConfigureAwait(false);
        _gate.Exit();
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _idle.TrySetResult();
        }
    }

    /// <summary>Moves large objects one after the other. Their parts pass the gate one by one; the object itself only counts among the large.</summary>
    private async Task CopyLargeAsync()
    {
        await foreach (var decision in _large.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (!_stop.IsCancellationRequested)
            {
                await CopyAsync(decision, holdsSlot: false).ConfigureAwait(false);
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it ends the transfer, which raises it.")]
    private async Task CopyAsync(Decision decision, bool holdsSlot)
    {
        try
        {
            Report(await MoveAsync(decision, holdsSlot).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task<TransferResult> MoveAsync(Decision decision, bool holdsSlot)
    {
        var entry = decision.Source!.Value;
        var isFound = !decision.NeedsLook;
        try
        {
            if (decision.NeedsLook)
            {
                var look = await _comparer.CompareAsync(entry, decision.Target!.Value, _stop.Token).ConfigureAwait(false);
                if (look.IsSame == true)
                {
                    return ToResult(decision, TransferOutcome.Skipped) with { Reason = look.Reason };
                }

                _meter.Found(entry.Size);
                isFound = true;
            }

            var result = await _mover.MoveAsync(entry, decision.Target, holdsSlot, _stop.Token).ConfigureAwait(false);
            await _journal.AddDoneAsync(entry.Name, entry.Tag.ToString()).ConfigureAwait(false);
            return result;
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.AlreadyExists && _context.Options.Overwrite is TransferOverwrite.Never)
        {
            return ToResult(decision, TransferOutcome.Skipped) with { Reason = "the destination has it, and nothing is to be overwritten" };
        }
        catch (CloudException exception) when (!IsFatal(exception))
        {
            return ToResult(decision, TransferOutcome.Failed) with { Error = exception, Reason = exception.Message };
        }
        finally
        {
            if (isFound)
            {
                _meter.Settled(entry.Size);
            }
        }
    }

    private async Task DeleteAsync()
    {
        var count = _journal.CountExtras();
        if (count == 0 || _context.Request.Shard is not null)
        {
            return;
        }

        _context.RefuseDeletes(count);
        if (_meter.Failed > 0)
        {
            // What failed may be what the destination's object was to be replaced by.
            foreach (var name in _journal.ListExtras())
            {
                Report(new TransferResult { Name = name, Target = _context.Target.PathOf(name), Outcome = TransferOutcome.Skipped, Reason = "not deleted, because other objects failed" });
            }

            return;
        }

        var deletes = 0L;
        await foreach (var deleted in _context.Target.DeleteAsync(_journal.ListExtras().ToAsyncEnumerable(), _stop.Token).ConfigureAwait(false))
        {
            _context.CountDelete(deletes++);
            Report(ToResult(_context, deleted));
        }
    }

    private TransferResult ToResult(Decision decision, TransferOutcome outcome) => new()
    {
        Name = decision.Name,
        Target = _context.Target.PathOf(decision.Name),
        Outcome = outcome,
        Size = Math.Max(0, decision.Source?.Size ?? decision.Target?.Size ?? 0),
        Reason = decision.Reason,
    };

    private CloudException Refused(Decision decision) => new(
        decision.Source is { Size: < 0 } ? CloudErrorCode.NotFound : CloudErrorCode.InvalidArgument, decision.Reason)
    {
        Reason = decision.Source is { Size: < 0 } ? ObjectStorageErrorReasons.ObjectNotFound : ObjectStorageErrorReasons.InvalidKey,
        Operation = "Transfer",
        Resource = _context.Target.PathOf(decision.Name),
    };

    private void Report(TransferResult result, bool isResumed = false)
    {
        _meter.Add(result, isResumed);
        Observe(observer => observer.OnObject(result));
    }

    private void Observe(Action<TransferObserver> tell)
    {
        if (_observer is not null)
        {
            lock (_observing)
            {
                tell(_observer);
            }
        }
    }

    private void Fail(Exception exception)
    {
        if (exception is OperationCanceledException && _stop.IsCancellationRequested)
        {
            return;
        }

        Interlocked.CompareExchange(ref _failure, exception, null);
        _stop.Cancel();
    }

    /// <summary>Four times a second: sets the concurrency from what the last second brought, and tells the observer.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "An observer that throws ends the transfer, which raises it.")]
    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, _time);
        var recent = new Queue<(long Time, long Bytes, long Work)>();
        var throttled = _calls.Sum(static calls => calls.Throttled);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var now = (Time: _time.GetTimestamp(), Bytes: _meter.MovedBytes, Work: _meter.MovedBytes + (_meter.SettledObjects * WorkPerObject));
                recent.Enqueue(now);
                var first = recent.Count > 4 ? recent.Dequeue() : recent.Peek();
                var seconds = _time.GetElapsedTime(first.Time, now.Time).TotalSeconds;
                var throttledNow = _calls.Sum(static calls => calls.Throttled);
                if (seconds > 0)
                {
                    _controller.Observe((now.Work - first.Work) / seconds, throttledNow - throttled, _gate.IsFull);
                    _gate.Limit = _controller.Limit;
                }

                throttled = throttledNow;
                _peakBufferBytes = Math.Max(_peakBufferBytes, _context.Budget.Used);
                Observe(observer => observer.OnProgress(_meter.GetProgress(seconds > 0 ? (now.Bytes - first.Bytes) / seconds : 0, _gate.Limit)));
            }
            catch (Exception exception)
            {
                Fail(exception);
                return;
            }
        }
    }
}
