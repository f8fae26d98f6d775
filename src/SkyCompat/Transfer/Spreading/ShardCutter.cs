using SkyCompat.Transfer.Running;

namespace SkyCompat.Transfer.Spreading;

/// <summary>Lists the source once, as a stream, and writes down a shard for each so many objects or bytes. What was written down by an earlier run stays, and is gone on with.</summary>
internal sealed class ShardCutter(SharedJournal journal, ClusterTransferOptions options)
{
    private List<string>? _names;
    private string? _after;
    private int _number;
    private long _objects;
    private long _bytes;
    private long _totalObjects;
    private long _totalBytes;

    /// <summary>What listing took.</summary>
    public TransferCost Cost { get; private set; }

    /// <summary>Cuts what is not cut yet.</summary>
    /// <param name="prepare">Opens the source from a name on.</param>
    /// <param name="request">The transfer.</param>
    /// <param name="progress">Told of the objects and bytes found so far.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The last shard, which tells how many there are.</returns>
    public async Task<TransferShard> CutAsync(
        Func<TransferRequest, CancellationToken, Task<TransferContext>> prepare, TransferRequest request, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var last = await FindLastAsync(cancellationToken).ConfigureAwait(false);
        if (last is { IsLast: true })
        {
            return last;
        }

        _after = request.Range?.After;
        if (last is { Range: { } done })
        {
            (_number, _totalObjects, _totalBytes, _after) = (last.Number, last.TotalObjects, last.TotalBytes, done.UpTo);
        }
        else if (last is not null)
        {
            // A list without order cannot be gone on with in its midst.
            await journal.ClearAsync(SharedJournal.Shards, cancellationToken).ConfigureAwait(false);
        }

        using var context = await prepare(request with { Range = new TransferRange { After = _after, UpTo = request.Range?.UpTo } }, cancellationToken).ConfigureAwait(false);
        _names = context.Source.IsOrdered ? null : [];
        await foreach (var entry in context.Source.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!context.Filter.Matches(entry.Name, entry.Size, entry.LastModified))
            {
                continue;
            }

            _names?.Add(entry.Name);
            _objects++;
            _bytes += entry.Size;
            if (_objects >= options.ShardObjects || _bytes >= options.ShardBytes)
            {
                await WriteAsync(entry.Name, isLast: false, cancellationToken).ConfigureAwait(false);
                progress(_totalObjects, _totalBytes);
            }
        }

        Cost = context.TakeOverhead();
        return await WriteAsync(request.Range?.UpTo, isLast: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TransferShard?> FindLastAsync(CancellationToken cancellationToken) =>
        await journal.ListAsync(SharedJournal.Shards, cancellationToken).Select(entry => entry.Name).MaxAsync(StringComparer.Ordinal, cancellationToken).ConfigureAwait(false) is { } name
            ? (await journal.TryReadAsync(name, SpreadJson.Default.TransferShard, cancellationToken).ConfigureAwait(false))?.Document
            : null;

    private async Task<TransferShard> WriteAsync(string? upTo, bool isLast, CancellationToken cancellationToken)
    {
        _totalObjects += _objects;
        _totalBytes += _bytes;
        var shard = new TransferShard
        {
            Number = ++_number,
            Range = _names is null ? new TransferRange { After = _after, UpTo = upTo } : null,
            Names = _names?.ToList(),
            Objects = _objects,
            Bytes = _bytes,
            TotalObjects = _totalObjects,
            TotalBytes = _totalBytes,
            IsLast = isLast,
        };
        await journal.WriteAsync(SharedJournal.NameOf(SharedJournal.Shards, _number), shard, SpreadJson.Default.TransferShard, cancellationToken).ConfigureAwait(false);
        _names?.Clear();
        (_after, _objects, _bytes) = (upTo, 0, 0);
        return shard;
    }
}
