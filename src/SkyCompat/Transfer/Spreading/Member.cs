using System.Globalization;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Spreading;

/// <summary>
/// One who takes part in a transfer over a cluster: the coordinator or a worker. It says every few seconds that it lives, by writing a document of its own that is another each time. Who stays
/// the same for long enough, or has no such document, is gone, and what it had claimed is taken over. So neither the clocks of the members nor that of the store count.
/// </summary>
internal sealed class Member : IAsyncDisposable
{
    private readonly SharedJournal _journal;
    private readonly SpreadTiming _timing;
    private readonly TimeProvider _time;
    private readonly bool _claimsAtomically;
    private readonly bool _replacesAtomically;
    private readonly Dictionary<string, (VersionTag Tag, long Since)> _seen = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task _beating = Task.CompletedTask;
    private long _beat;

    private Member(SharedJournal journal, BucketCapabilities capabilities, string name, SpreadTiming timing, TimeProvider time)
    {
        _journal = journal;
        _timing = timing;
        _time = time;
        _claimsAtomically = capabilities.Supports(BucketFeatures.PutIfAbsent);
        _replacesAtomically = capabilities.Supports(BucketFeatures.PutIfMatch);

        // A name may come again, as that of a pod that is started anew; what it had begun is not this one's.
        Name = $"{name}-{Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture)[..8]}";
    }

    public string Name { get; }

    /// <summary>What it is at, for its next sign.</summary>
    public LifeSign State { get; set; } = new(0, null, null);

    /// <summary>Begins to take part.</summary>
    public static async Task<Member> JoinAsync(SharedJournal journal, BucketCapabilities capabilities, string name, SpreadTiming timing, TimeProvider time, CancellationToken cancellationToken)
    {
        var member = new Member(journal, capabilities, name, timing, time);
        await member.SignAsync(cancellationToken).ConfigureAwait(false);
        member._beating = member.BeatAsync(member._stop.Token);
        return member;
    }

    /// <summary>Takes something on, unless somebody has it who lives.</summary>
    /// <param name="thing">The name of the document that says who has it.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    public async Task<ClaimOutcome> TryClaimAsync(string thing, CancellationToken cancellationToken)
    {
        var existing = await _journal.TryReadAsync(thing, SpreadJson.Default.Claim, cancellationToken).ConfigureAwait(false);
        if (existing is not null && existing.Document.Member != Name && await WatchAsync(existing.Document.Member, cancellationToken).ConfigureAwait(false) is { } outcome)
        {
            return outcome;
        }

        var mine = new Claim(Name);
        bool isMine;
        if (existing is null ? _claimsAtomically : _replacesAtomically)
        {
            isMine = existing is null
                ? await _journal.TryCreateAsync(thing, mine, SpreadJson.Default.Claim, cancellationToken).ConfigureAwait(false)
                : await _journal.TryReplaceAsync(thing, mine, SpreadJson.Default.Claim, existing.Tag, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // The store cannot decide a race. Two that both think they won write the same objects twice, which costs time and does no harm; the second look makes it rare.
            await _journal.WriteAsync(thing, mine, SpreadJson.Default.Claim, cancellationToken).ConfigureAwait(false);
            isMine = (await _journal.TryReadAsync(thing, SpreadJson.Default.Claim, cancellationToken).ConfigureAwait(false))?.Document == mine;
        }

        return !isMine ? ClaimOutcome.Held : existing is null ? ClaimOutcome.Taken : ClaimOutcome.TakenOver;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        try
        {
            // Who leaves in peace need not be waited for.
            await _journal.DeleteAsync(SharedJournal.Signs + Name, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CloudException)
        {
            // The silence will tell as well.
        }
    }

    /// <summary>What is to be thought of a claim of another; null if that one is gone.</summary>
    private async Task<ClaimOutcome?> WatchAsync(string member, CancellationToken cancellationToken)
    {
        var now = _time.GetTimestamp();
        if (await _journal.TryGetTagAsync(SharedJournal.Signs + member, cancellationToken).ConfigureAwait(false) is not { } tag)
        {
            return null;
        }

        var isKnown = _seen.TryGetValue(member, out var seen);
        if (isKnown && seen.Tag == tag)
        {
            return _time.GetElapsedTime(seen.Since, now) >= _timing.Silence ? null : ClaimOutcome.Unsettled;
        }

        _seen[member] = (tag, now);
        return isKnown ? ClaimOutcome.Held : ClaimOutcome.Unsettled;
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_timing.Beat, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await SignAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (CloudException)
            {
                // What is wrong with the store shows in the work itself; a sign that is missed is made up for by the next.
            }
        }
    }

    private Task SignAsync(CancellationToken cancellationToken) =>
        _journal.WriteAsync(SharedJournal.Signs + Name, State with { Beat = ++_beat }, SpreadJson.Default.LifeSign, cancellationToken);
}
