using System.Runtime.CompilerServices;

namespace SkyCompat.Transfer.Running;

/// <summary>Maps a sequence by requests, several at a time, in the order of the sequence.</summary>
internal static class OrderedSelection
{
    public static async IAsyncEnumerable<TResult> SelectInOrderAsync<TItem, TResult>(
        this IAsyncEnumerable<TItem> items, int ahead, Func<TItem, CancellationToken, Task<TResult>> select, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<TResult>>();
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                running.Enqueue(select(item, stop.Token));
                if (running.Count >= ahead)
                {
                    yield return await running.Dequeue().ConfigureAwait(false);
                }
            }

            while (running.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running.Select(static Task (task) => task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
