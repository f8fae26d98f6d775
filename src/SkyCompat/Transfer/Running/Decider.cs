using System.Runtime.CompilerServices;
using SkyCompat.Transfer.Journal;
using SkyCompat.Transfer.Planning;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Running;

/// <summary>Goes through both sides and says of each name what is to be done, as far as the lists tell.</summary>
internal sealed class Decider(TransferContext context, TransferJournal? journal)
{
    private const int LookUpsAhead = 32;

    private TransferMode Mode => context.Request.Mode;

    private DateTimeOffset? CopiedSince => context.Request.Shard?.CopiedSince;

    /// <summary>Whether the destination is listed. A shard does not list all of it where it cannot ask for its own range of keys: it looks its objects up.</summary>
    private bool ListsTarget => context.Request.Source.IsMany && (context.Request.Shard is null || context.TargetReader.IsOrdered);

    public async IAsyncEnumerable<Decision> DecideAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (source, target) in PairAsync(Mode is not TransferMode.Copy || CopiedSince is not null, cancellationToken).ConfigureAwait(false))
        {
            if (Decide(source, target) is { } decision)
            {
                yield return decision;
            }
        }
    }

    /// <summary>The names of both sides, those that take part.</summary>
    public IAsyncEnumerable<(SideEntry? Source, SideEntry? Target)> PairAsync(bool looksAtTarget, CancellationToken cancellationToken)
    {
        if (context.Request.Names is { } names)
        {
            return names.SelectInOrderAsync(LookUpsAhead, (name, token) => FindAsync(name, looksAtTarget, token), cancellationToken);
        }

        if (!looksAtTarget)
        {
            return context.Source.ListAsync(cancellationToken).Select(static entry => ((SideEntry?)entry, (SideEntry?)null));
        }

        return ListsTarget
            ? OrderedMerge.JoinAsync(ListInOrder(context.Source, cancellationToken), ListInOrder(context.TargetReader, cancellationToken), cancellationToken)
            : context.Source.ListAsync(cancellationToken).SelectInOrderAsync(context.Request.Source.IsMany ? LookUpsAhead : 1, async (entry, token) => ((SideEntry?)entry, await FindAtTargetAsync(entry.Name, token).ConfigureAwait(false)), cancellationToken);
    }

    private static IAsyncEnumerable<SideEntry> ListInOrder(TransferSource side, CancellationToken cancellationToken) =>
        side.IsOrdered ? side.ListAsync(cancellationToken) : SortedListing.SortAsync(side.ListAsync(cancellationToken), cancellationToken);

    private static Decision Skip(SideEntry source, SideEntry? target, string reason) => new(source.Name, source, target, TransferAction.Skip, NeedsLook: false, IsResumed: false, reason);

    private async Task<(SideEntry? Source, SideEntry? Target)> FindAsync(string name, bool looksAtTarget, CancellationToken cancellationToken)
    {
        context.Source.Requests.Looked();
        var source = await context.Source.TryFindAsync(name, cancellationToken).ConfigureAwait(false) ?? new SideEntry(name, -1, default, default, default);
        return (source, looksAtTarget ? await FindAtTargetAsync(name, cancellationToken).ConfigureAwait(false) : null);
    }

    private async Task<SideEntry?> FindAtTargetAsync(string name, CancellationToken cancellationToken)
    {
        if (context.Target.FindRefusal(name, 0) is not null)
        {
            return null;
        }

        context.TargetReader.Requests.Looked();
        return await context.Target.TryFindAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What to do about a pair; null for nothing, not even to report.</summary>
    private Decision? Decide(SideEntry? source, SideEntry? target)
    {
        if (source is not { } entry)
        {
            return DecideExtra(target!.Value);
        }

        if (entry.Size < 0)
        {
            return new Decision(entry.Name, entry, null, TransferAction.Refuse, false, false, "The source has no such object.");
        }

        if (!context.Filter.Matches(entry.Name, entry.Size, entry.LastModified))
        {
            return null;
        }

        if (entry.SkipReason is { } problem)
        {
            return Skip(entry, target, problem);
        }

        if (journal?.IsDone(entry.Name, entry.Tag.ToString()) == true)
        {
            return Skip(entry, target, "an earlier run finished it") with { IsResumed = true };
        }

        if (context.Target.FindRefusal(entry.Name, entry.Size) is { } refusal)
        {
            return new Decision(entry.Name, entry, target, TransferAction.Refuse, false, false, refusal);
        }

        if (CopiedSince is { } since && target is { SkipReason: null } copied && copied.LastModified > since
            && SyncDecision.Of(entry, copied, TransferComparison.SizeAndTime, targetKeepsOriginalTime: false, sourceIsFile: false).IsSame == true)
        {
            return Skip(entry, target, "an earlier run finished it") with { IsResumed = true };
        }

        if (Mode is TransferMode.Copy || target is not { } existing)
        {
            return new Decision(entry.Name, entry, null, TransferAction.Copy, false, false, Mode is TransferMode.Copy ? "copied without a look at the destination" : "the destination lacks it");
        }

        if (existing.SkipReason is { } inTheWay)
        {
            return new Decision(entry.Name, entry, target, TransferAction.Refuse, false, false, $"What the destination has of that name cannot be replaced. {inTheWay}");
        }

        var decision = context.Compare(entry, existing);
        return decision.IsSame == true ? Skip(entry, target, decision.Reason)
            : context.Options.Overwrite is TransferOverwrite.Never ? Skip(entry, target, "the destination has it, and nothing is to be overwritten")
            : new Decision(entry.Name, entry, target, TransferAction.Copy, decision.IsSame is null, false, decision.Reason);
    }

    private Decision? DecideExtra(SideEntry extra) =>
        Mode is TransferMode.Mirror && extra.SkipReason is null && context.Filter.MatchesName(extra.Name)
            ? context.Options.DeleteExtra
                ? new Decision(extra.Name, null, extra, TransferAction.Delete, false, false, "only the destination has it")
                : new Decision(extra.Name, null, extra, TransferAction.Skip, false, false, "only the destination has it, and deleting was not asked for")
            : null;
}
