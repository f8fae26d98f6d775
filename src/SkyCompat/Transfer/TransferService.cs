using System.Runtime.CompilerServices;
using SkyCompat.Resilience;
using SkyCompat.Transfer.Journal;
using SkyCompat.Transfer.Running;
using SkyCompat.Transfer.Sides;
using SkyCompat.Transfer.Spreading;
using SkyCompat.Workloads;

namespace SkyCompat.Transfer;

/// <summary>Transfers over whatever buckets and folders there are.</summary>
internal sealed class TransferService : ITransferService
{
    private const int LooksAhead = 16;

    private readonly TransferPreparation _preparation;
    private readonly TimeProvider _time;

    public TransferService(TransferPreparation preparation, BucketGrants grants, TimeProvider time, SpreadTiming? timing = null)
    {
        _preparation = preparation;
        _time = time;
        Cluster = new ClusterTransfers(preparation, grants, RunShardAsync, timing ?? new SpreadTiming(), time);
    }

    /// <summary>Spreads transfers over workers.</summary>
    public ClusterTransfers Cluster { get; }

    public async Task<TransferOutline> OutlineAsync(TransferRequest request, CancellationToken cancellationToken = default)
    {
        using var context = await _preparation.PrepareAsync(request, null, cancellationToken).ConfigureAwait(false);
        return context.Outline;
    }

    public async IAsyncEnumerable<TransferStep> PlanAsync(TransferRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var context = await _preparation.PrepareAsync(request, null, cancellationToken).ConfigureAwait(false);
        var comparer = new ContentComparer(context);
        var deletes = 0L;
        await foreach (var step in new Decider(context, journal: null).DecideAsync(cancellationToken)
            .SelectInOrderAsync(LooksAhead, (decision, token) => ToStepAsync(context, comparer, decision, token), cancellationToken).ConfigureAwait(false))
        {
            if (step.Action is TransferAction.Delete)
            {
                context.CountDelete(deletes++);
            }

            // A page of a list is counted with the object that it brought.
            yield return step with { Cost = step.Cost + context.TakeOverhead() };
        }
    }

    public async Task<TransferReport> RunAsync(TransferRequest request, TransferObserver? observer = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        TransferPreparation.Check(request);
        var journal = TransferJournal.Open(request.Options.JournalPath, TransferPreparation.Identify(request));
        await using (journal.ConfigureAwait(false))
        {
            using var context = await _preparation.PrepareAsync(request, journal.IsDurable ? journal.Id : null, cancellationToken).ConfigureAwait(false);
            context.RefuseLosses();
            using var run = new TransferRun(context, journal, observer, _time, EnginesOf(request), _preparation.MaxConcurrency(request));
            return await run.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<TransferReport> RunOnClusterAsync(TransferRequest request, ClusterTransferOptions options, TransferObserver? observer = null, CancellationToken cancellationToken = default) =>
        Cluster.RunAsync(request, options, observer, cancellationToken);

    public Task<TransferReport> WorkAsync(TransferWork work, TransferObserver? observer = null, CancellationToken cancellationToken = default) =>
        Cluster.WorkAsync(work, observer, cancellationToken);

    public async IAsyncEnumerable<TransferDifference> CompareAsync(TransferRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var context = await _preparation.PrepareAsync(request with { Mode = TransferMode.Sync }, null, cancellationToken).ConfigureAwait(false);
        var comparer = new ContentComparer(context);
        var pairs = new Decider(context, journal: null).PairAsync(looksAtTarget: true, cancellationToken).Where(pair => TakesPart(context, pair));
        await foreach (var difference in pairs.SelectInOrderAsync(LooksAhead, (pair, token) => CompareAsync(context, comparer, pair, token), cancellationToken).ConfigureAwait(false))
        {
            yield return difference;
        }
    }

    /// <summary>Carries out a part of a transfer. It has no journal of its own beyond its run: what is finished is seen at the destination.</summary>
    private async Task<TransferReport> RunShardAsync(TransferRequest request, TransferObserver observer, Func<IEnumerable<string>, Task> keepExtras, CancellationToken cancellationToken)
    {
        var journal = TransferJournal.Open(null, TransferPreparation.Identify(request));
        await using (journal.ConfigureAwait(false))
        {
            using var context = await _preparation.PrepareAsync(request, null, cancellationToken).ConfigureAwait(false);
            using var run = new TransferRun(context, journal, observer, _time, EnginesOf(request), _preparation.MaxConcurrency(request));
            var report = await run.RunAsync(cancellationToken).ConfigureAwait(false);
            await keepExtras(journal.ListExtras()).ConfigureAwait(false);
            return report;
        }
    }

    private static bool TakesPart(TransferContext context, (SideEntry? Source, SideEntry? Target) pair) =>
        pair.Source is { SkipReason: null } source ? context.Filter.Matches(source.Name, source.Size, source.LastModified)
        : pair.Target is { SkipReason: null } target && context.Filter.MatchesName(target.Name);

    private static async Task<TransferStep> ToStepAsync(TransferContext context, ContentComparer comparer, Decision decision, CancellationToken cancellationToken)
    {
        var (action, reason) = (decision.Action, decision.Reason);
        if (decision.NeedsLook)
        {
            try
            {
                var look = await comparer.CompareAsync(decision.Source!.Value, decision.Target!.Value, cancellationToken).ConfigureAwait(false);
                (action, reason) = (look.IsSame == true ? TransferAction.Skip : TransferAction.Copy, look.Reason);
            }
            catch (CloudException exception)
            {
                (action, reason) = (TransferAction.Refuse, exception.Message);
            }
        }

        var step = new TransferStep
        {
            Name = decision.Name,
            Target = context.Target.PathOf(decision.Name),
            Action = action,
            Size = Math.Max(0, decision.Source?.Size ?? decision.Target?.Size ?? 0),
            Reason = reason,
        };
        if (action is not TransferAction.Copy)
        {
            return step;
        }

        var routes = context.Routes.Choose(step.Size);
        return routes.Routes is [var route, ..]
            ? step with { Route = route, Reason = $"{reason}; {routes.Reason}", Cost = context.CostOf(route, step.Size) }
            : step with { Action = TransferAction.Refuse, Reason = $"No allowed route can carry it: {routes.Reason}." };
    }

    private static async Task<TransferDifference> CompareAsync(TransferContext context, ContentComparer comparer, (SideEntry? Source, SideEntry? Target) pair, CancellationToken cancellationToken)
    {
        var (source, target) = pair;
        if (source is null || source.Value.Size < 0 || target is null)
        {
            var isSource = source is { Size: >= 0 };
            return new TransferDifference
            {
                Name = (source ?? target)!.Value.Name,
                Kind = isSource ? TransferDifferenceKind.OnlyAtSource : target is null ? TransferDifferenceKind.Failed : TransferDifferenceKind.OnlyAtDestination,
                SourceSize = isSource ? source!.Value.Size : null,
                DestinationSize = target?.Size,
                Reason = isSource ? "the destination lacks it" : target is null ? "neither side has it" : "the source lacks it",
            };
        }

        var difference = new TransferDifference { Name = source.Value.Name, Kind = TransferDifferenceKind.Same, SourceSize = source.Value.Size, DestinationSize = target.Value.Size, Reason = "" };
        try
        {
            var decision = context.Compare(source.Value, target.Value);
            decision = decision.IsSame is null ? await comparer.CompareAsync(source.Value, target.Value, cancellationToken).ConfigureAwait(false) : decision;
            return difference with { Kind = decision.IsSame == true ? TransferDifferenceKind.Same : TransferDifferenceKind.Different, Reason = decision.Reason };
        }
        catch (CloudException exception)
        {
            return difference with { Kind = TransferDifferenceKind.Failed, Reason = exception.Message, Error = exception };
        }
    }

    /// <summary>The clouds that may ask to slow down.</summary>
    private static CloudCalls[] EnginesOf(TransferRequest request) =>
        [.. new[] { request.Source.Bucket, request.Destination.Bucket }.Select(bucket => TransferPreparation.EngineOf(bucket)?.Context.Calls).OfType<CloudCalls>().Distinct()];
}
