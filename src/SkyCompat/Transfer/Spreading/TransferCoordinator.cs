using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Running;

namespace SkyCompat.Transfer.Spreading;

/// <summary>
/// Shares a transfer out, has workers carry it out, and puts together what they report. All that matters is in the journal: a coordinator that ends at any moment is followed by another, and
/// workers that were started carry on without one.
/// </summary>
internal sealed class TransferCoordinator
{
    private const int ReadsAhead = 16;

    private readonly TransferContext _context;
    private readonly ClusterTransferOptions _options;
    private readonly Func<TransferRequest, string?, CancellationToken, Task<TransferContext>> _prepare;
    private readonly ITransferFleet _fleet;
    private readonly TransferObserver? _observer;
    private readonly SpreadTiming _timing;
    private readonly TimeProvider _time;
    private readonly TransferPlan _plan;
    private readonly SharedJournal _journal;
    private readonly ProgressSum _sum;
    private readonly HashSet<int> _done = [];
    private readonly Dictionary<string, VersionTag> _signs = new(StringComparer.Ordinal);
    private readonly Dictionary<int, TransferProgress> _running = [];
    private readonly List<int> _withExtras = [];
    private long _extras;

    /// <param name="context">The whole, for its outline and its deletes.</param>
    /// <param name="options">How it is spread.</param>
    /// <param name="prepare">Opens the source, for its list.</param>
    /// <param name="fleet">The workers.</param>
    /// <param name="observer">Follows it.</param>
    /// <param name="timing">How often to look.</param>
    /// <param name="time">The clock.</param>
    public TransferCoordinator(
        TransferContext context,
        ClusterTransferOptions options,
        Func<TransferRequest, string?, CancellationToken, Task<TransferContext>> prepare,
        ITransferFleet fleet,
        TransferObserver? observer,
        SpreadTiming timing,
        TimeProvider time)
    {
        _context = context;
        _options = options;
        _prepare = prepare;
        _fleet = fleet;
        _observer = observer;
        _timing = timing;
        _time = time;
        _plan = TransferPlan.Of(context.Request);
        _journal = new SharedJournal(context.Request.Destination.Bucket!, SharedJournal.IdOf(_plan));
        _sum = new ProgressSum(time);
    }

    public async Task<TransferReport> RunAsync(CancellationToken cancellationToken)
    {
        _observer?.OnStarting(_context.Outline);
        var capabilities = await _context.Target.Bucket!.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        var member = await Member.JoinAsync(_journal, capabilities, SharedJournal.Coordinator, _timing, _time, cancellationToken).ConfigureAwait(false);
        await using (member.ConfigureAwait(false))
        {
            await BecomeCoordinatorAsync(member, cancellationToken).ConfigureAwait(false);
            try
            {
                await BeginAsync(cancellationToken).ConfigureAwait(false);
                var count = await CutAsync(cancellationToken).ConfigureAwait(false);
                await CountEarlierAsync(cancellationToken).ConfigureAwait(false);
                if (_done.Count < count)
                {
                    await HaveCarriedOutAsync(count, cancellationToken).ConfigureAwait(false);
                }

                await DeleteExtrasAsync(cancellationToken).ConfigureAwait(false);
                if (_sum.Report.Failed == 0)
                {
                    await ForgetAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                await LeaveAsync().ConfigureAwait(false);
            }
        }

        _sum.Add(new TransferReport { Cost = _context.TakeOverhead(), Losses = _context.Outline.Losses });
        _observer?.OnProgress(_sum.GetProgress([]));
        return _sum.Report with { Elapsed = _sum.Elapsed };
    }

    /// <summary>Only one at a time carries a transfer out. Who is there and lives keeps it; who died without a word is waited out.</summary>
    private async Task BecomeCoordinatorAsync(Member member, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await member.TryClaimAsync(SharedJournal.Coordinator, cancellationToken).ConfigureAwait(false))
            {
                case ClaimOutcome.Held:
                    throw new CloudException(CloudErrorCode.Conflict, "Another process carries the same transfer out. Wait for it, or stop it; what it has finished is not repeated.") { Resource = $"{_context.Target.Bucket!.Name}/{_journal.Prefix}" };
                case ClaimOutcome.Unsettled:
                    await Task.Delay(_timing.Look, _time, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    return;
            }
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await _journal.DeleteAsync(SharedJournal.Coordinator, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CloudException)
        {
            // The next one takes it over, since this one gives no more signs of life.
        }
    }

    /// <summary>Goes on with the journal that is there, or begins one.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (await _journal.TryReadAsync(SharedJournal.Plan, SpreadJson.Default.TransferPlan, cancellationToken).ConfigureAwait(false) is not null)
        {
            await _journal.ClearAsync(SharedJournal.Failures, cancellationToken).ConfigureAwait(false);
            return;
        }

        // What a run left that ended while it forgot: shards that are not of this one.
        await ClearAsync(cancellationToken).ConfigureAwait(false);
        await _journal.WriteAsync(SharedJournal.Plan, _plan, SpreadJson.Default.TransferPlan, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> CutAsync(CancellationToken cancellationToken)
    {
        var cutter = new ShardCutter(_journal, _options);
        var last = await cutter.CutAsync(
            (request, token) => _prepare(request, null, token),
            _context.Request,
            (objects, bytes) =>
            {
                _sum.Found(objects, bytes);
                Tell();
            },
            cancellationToken).ConfigureAwait(false);
        _sum.Found(last.TotalObjects, last.TotalBytes);
        _sum.IsListingDone = true;
        _sum.Add(new TransferReport { Cost = cutter.Cost });
        return last.Number;
    }

    /// <summary>Counts the shards that were done before this run. Those with failures are done again, and those that would delete: what only the destination had then, the source may have now.</summary>
    private async Task CountEarlierAsync(CancellationToken cancellationToken)
    {
        await foreach (var (name, result) in ReadNewResultsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (result.Failures.Count > 0 || result.Extras > 0)
            {
                await _journal.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
                continue;
            }

            _done.Add(SharedJournal.NumberOf(name));
            _sum.Add(result, isEarlier: true);
        }

        Tell();
    }

    private async Task HaveCarriedOutAsync(int count, CancellationToken cancellationToken)
    {
        try
        {
            await _fleet.StartAsync(cancellationToken).ConfigureAwait(false);
            await FollowAsync(count, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await StopAfterFailureAsync().ConfigureAwait(false);
            if (exception is CloudException cloud)
            {
                throw new CloudException(cloud.Code, $"{cloud.Message} What is finished is kept: the same transfer goes on from there.", cloud)
                {
                    Reason = cloud.Reason,
                    Scope = cloud.Scope,
                    IsTransient = cloud.IsTransient,
                };
            }

            throw;
        }

        await _fleet.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the workers, also when cancelled: what nobody waits for should not go on being billed. What went wrong before is what matters.</summary>
    private async Task StopAfterFailureAsync()
    {
        try
        {
            await _fleet.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (CloudException)
        {
        }
    }

    private async Task FollowAsync(int count, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = _fleet.WaitAsync(stop.Token);
        try
        {
            while (true)
            {
                // Asked before the look: workers that have ended write nothing after it.
                var hasEnded = working.IsCompleted;
                await LookAsync(cancellationToken).ConfigureAwait(false);
                if (_done.Count >= count)
                {
                    return;
                }

                if (hasEnded)
                {
                    await working.ConfigureAwait(false);
                    throw new CloudException(CloudErrorCode.Unavailable, $"The workers ended, and {count - _done.Count} of {count} shards have no result.");
                }

                await Task.WhenAny(working, Task.Delay(_timing.Look, _time, stop.Token)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes in what the workers wrote since the last look.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await foreach (var (name, result) in ReadNewResultsAsync(cancellationToken).ConfigureAwait(false))
        {
            var number = SharedJournal.NumberOf(name);
            _done.Add(number);
            _running.Remove(number);
            if (result.Extras > 0)
            {
                _extras += result.Extras;
                _withExtras.Add(number);
            }

            foreach (var failure in _sum.Add(result, isEarlier: false).Failures)
            {
                _observer?.OnObject(failure);
            }
        }

        var changed = _journal.ListAsync(SharedJournal.Signs, cancellationToken).Where(sign => !_signs.TryGetValue(sign.Name, out var tag) || tag != sign.Tag)
            .SelectInOrderAsync(ReadsAhead, async (sign, token) => (sign, Entry: await _journal.TryReadAsync(sign.Name, SpreadJson.Default.LifeSign, token).ConfigureAwait(false)), cancellationToken);
        await foreach (var (sign, entry) in changed.ConfigureAwait(false))
        {
            _signs[sign.Name] = sign.Tag;

            // The last to say something of a shard has it: a sign of who is gone stays as it was.
            if (entry?.Document is { Shard: { } shard, Progress: { } progress } && !_done.Contains(shard))
            {
                _running[shard] = progress;
            }
        }

        Tell();
        await foreach (var (name, _) in _journal.ListAsync(SharedJournal.Failures, cancellationToken).ConfigureAwait(false))
        {
            if (await _journal.TryReadAsync(name, SpreadJson.Default.ErrorDocument, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                throw failure.Document.ToException($"Worker {name[SharedJournal.Failures.Length..]}: ");
            }
        }
    }

    private IAsyncEnumerable<(string Name, ShardResult Result)> ReadNewResultsAsync(CancellationToken cancellationToken) =>
        _journal.ListAsync(SharedJournal.Results, cancellationToken).Where(entry => !_done.Contains(SharedJournal.NumberOf(entry.Name)))
            .SelectInOrderAsync(ReadsAhead, async (entry, token) => (entry.Name, Entry: await _journal.TryReadAsync(entry.Name, SpreadJson.Default.ShardResult, token).ConfigureAwait(false)), cancellationToken)
            .Where(read => read.Entry is not null)
            .Select(read => (read.Name, read.Entry!.Document));

    private async Task DeleteExtrasAsync(CancellationToken cancellationToken)
    {
        _context.RefuseDeletes(_extras);
        if (_sum.Report.Failed > 0)
        {
            // What failed may be what the destination's object was to be replaced by.
            _sum.Add(new TransferReport { Skipped = _extras });
            return;
        }

        // By the results, and not by what names there are: those that a worker wrote down which died before its result may be out of date.
        var deletes = 0L;
        foreach (var number in _withExtras)
        {
            var name = SharedJournal.NameOf(SharedJournal.Extras, number);
            var extras = (await _journal.TryReadAsync(name, SpreadJson.Default.IReadOnlyListString, cancellationToken).ConfigureAwait(false))?.Document ?? [];
            await foreach (var deleted in _context.Target.DeleteAsync(extras.ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false))
            {
                _context.CountDelete(deletes++);
                var result = TransferRun.ToResult(_context, deleted);
                _sum.Add(new TransferReport
                {
                    Deleted = result.Outcome is TransferOutcome.Deleted ? 1 : 0,
                    Failed = result.Outcome is TransferOutcome.Failed ? 1 : 0,
                    Failures = result.Outcome is TransferOutcome.Failed ? [result] : [],
                });
                _observer?.OnObject(result);
            }
        }
    }

    /// <summary>Removes the journal, first of all what keeps workers at it.</summary>
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await _journal.DeleteAsync(SharedJournal.Plan, cancellationToken).ConfigureAwait(false);
        await ClearAsync(cancellationToken).ConfigureAwait(false);
        await _journal.ClearAsync(SharedJournal.Signs, cancellationToken).ConfigureAwait(false);
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in (string[])[SharedJournal.Shards, SharedJournal.Claims, SharedJournal.Results, SharedJournal.Extras, SharedJournal.Failures])
        {
            await _journal.ClearAsync(folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Tell() => _observer?.OnProgress(_sum.GetProgress(_running.Values));
}
