namespace SkyCompat.Transfer.Spreading;

/// <summary>
/// Carries out shards of a transfer until there is none left without a result. Any number of them work side by side, and each may end at any moment: what it had begun is taken over by another,
/// which copies only what is missing.
/// </summary>
internal sealed class TransferWorker(TransferWork work, ShardRunner run, SpreadTiming timing, TimeProvider time)
{
    /// <summary>How many claims of others are looked at at a time, when nothing else is left to do.</summary>
    private const int HeldAtATime = 8;

    private readonly SharedJournal _journal = new(work.Destination, work.Id);

    public async Task<TransferReport> RunAsync(TransferObserver? observer, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var plan = await _journal.TryReadAsync(SharedJournal.Plan, SpreadJson.Default.TransferPlan, cancellationToken).ConfigureAwait(false)
            ?? throw new CloudException(CloudErrorCode.NotFound, $"There is no transfer '{work.Id}' in bucket '{work.Destination.Name}': it is finished, or was given up.") { Resource = work.Destination.Name };
        if (plan.Document.Version != TransferPlan.CurrentVersion)
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"Transfer '{work.Id}' is of version {plan.Document.Version}, and this worker of version {TransferPlan.CurrentVersion}. Use the image of the version that began it.");
        }

        var capabilities = await work.Destination.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false);
        var member = await Member.JoinAsync(_journal, capabilities, work.Worker, timing, time, cancellationToken).ConfigureAwait(false);
        await using (member.ConfigureAwait(false))
        {
            var total = new TransferReport();
            while (await TakeAsync(member, cancellationToken).ConfigureAwait(false) is var (number, outcome))
            {
                var report = await CarryOutAsync(plan, number, outcome, member, observer, cancellationToken).ConfigureAwait(false);
                total = ReportSum.Add(total, report);
            }

            return total with { Elapsed = time.GetElapsedTime(started) };
        }
    }

    /// <summary>Claims a shard, waiting while others are at all that are left; null if all have results, or the transfer is over.</summary>
    private async Task<(int Number, ClaimOutcome Outcome)?> TakeAsync(Member member, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _journal.TryGetTagAsync(SharedJournal.Plan, cancellationToken).ConfigureAwait(false) is null)
            {
                return null;
            }

            var results = await NumbersAsync(SharedJournal.Results, cancellationToken).ConfigureAwait(false);
            var shards = await NumbersAsync(SharedJournal.Shards, cancellationToken).ConfigureAwait(false);
            shards.ExceptWith(results);
            if (shards.Count == 0)
            {
                return null;
            }

            var claims = await NumbersAsync(SharedJournal.Claims, cancellationToken).ConfigureAwait(false);
            int[] free = [.. shards.Where(shard => !claims.Contains(shard))];

            // In an order of its own, so that workers seldom ask for the same.
            int[] asked = free.Length > 0 ? free : [.. shards];
            Random.Shared.Shuffle(asked);
            foreach (var number in asked.Take(HeldAtATime))
            {
                var outcome = await member.TryClaimAsync(SharedJournal.NameOf(SharedJournal.Claims, number), cancellationToken).ConfigureAwait(false);
                if (outcome is ClaimOutcome.Taken or ClaimOutcome.TakenOver && await _journal.TryGetTagAsync(SharedJournal.NameOf(SharedJournal.Results, number), cancellationToken).ConfigureAwait(false) is null)
                {
                    return (number, outcome);
                }
            }

            if (free.Length == 0)
            {
                await Task.Delay(timing.Look, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<HashSet<int>> NumbersAsync(string folder, CancellationToken cancellationToken) =>
        await _journal.ListAsync(folder, cancellationToken).Select(entry => SharedJournal.NumberOf(entry.Name)).ToHashSetAsync(cancellationToken: cancellationToken).ConfigureAwait(false);

    private async Task<TransferReport> CarryOutAsync(
        JournalEntry<TransferPlan> plan, int number, ClaimOutcome outcome, Member member, TransferObserver? observer, CancellationToken cancellationToken)
    {
        var name = SharedJournal.NameOf(SharedJournal.Shards, number);
        var shard = (await _journal.TryReadAsync(name, SpreadJson.Default.TransferShard, cancellationToken).ConfigureAwait(false))?.Document
            ?? throw new CloudException(CloudErrorCode.NotFound, $"Shard {number} of transfer '{work.Id}' is gone.") { Resource = name };
        var request = plan.Document.ToRequest(work.Source, work.Destination) with
        {
            Range = shard.Range,
            Names = shard.Names?.ToAsyncEnumerable(),
            Shard = new ShardRole(outcome is ClaimOutcome.TakenOver ? plan.WrittenAt : null),
        };
        try
        {
            member.State = new LifeSign(0, number, null);
            var extras = 0L;
            var report = await run(
                request,
                new ShardObserver(member, number, observer),
                async names => extras = await KeepExtrasAsync(number, names, request.Options.MaxDeletes, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            await _journal.WriteAsync(SharedJournal.NameOf(SharedJournal.Results, number), ShardResult.Of(shard, report, extras), SpreadJson.Default.ShardResult, cancellationToken).ConfigureAwait(false);
            return report;
        }
        catch (CloudException exception) when (!exception.IsTransient)
        {
            // Another try would meet the same: the coordinator ends the transfer with this error.
            await _journal.WriteAsync(SharedJournal.Failures + member.Name, ErrorDocument.Of(exception), SpreadJson.Default.ErrorDocument, cancellationToken).ConfigureAwait(false);
            throw;
        }
        finally
        {
            member.State = new LifeSign(0, null, null);
        }
    }

    /// <summary>Writes down what only the destination has, unless it is more than may be deleted anyway.</summary>
    private async Task<long> KeepExtrasAsync(int number, IEnumerable<string> names, long max, CancellationToken cancellationToken)
    {
        var kept = new List<string>();
        var count = 0L;
        foreach (var name in names)
        {
            if (++count <= max)
            {
                kept.Add(name);
            }
        }

        if (count > 0 && count <= max)
        {
            await _journal.WriteAsync(SharedJournal.NameOf(SharedJournal.Extras, number), kept, SpreadJson.Default.IReadOnlyListString, cancellationToken).ConfigureAwait(false);
        }

        return count;
    }
}
