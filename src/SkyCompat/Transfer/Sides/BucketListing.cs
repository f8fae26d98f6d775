using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>Lists a bucket with the next page on its way while this one is used.</summary>
internal static class BucketListing
{
    private const int PagesAhead = 2;

    // What most services give at most. Azure would give 5,000 in eight MiB, and four such pages can be here at a time; its larger number of requests is nothing beside those of the objects.
    private const int PageSize = 1_000;

    /// <summary>Lists what is under a prefix, without what journals keep there.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys start with.</param>
    /// <param name="range">The names that are wanted; null for all.</param>
    /// <param name="isOrdered">Whether the list is in key order, so that only the pages of the range are asked for; else all of them are, and what is out of the range is left out.</param>
    /// <param name="requests">Counts the pages.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    public static async IAsyncEnumerable<SideEntry> ListAsync(
        IBucket bucket, string prefix, TransferRange? range, bool isOrdered, SideRequests requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = Channel.CreateBounded<ListPage>(new BoundedChannelOptions(PagesAhead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var options = new ListOptions { Prefix = prefix, PageSize = PageSize, StartAfter = isOrdered && range?.After is { } after ? prefix + after : null };
        var fetching = FetchAsync(bucket, options, requests, pages.Writer, stop.Token);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var entry in page.Entries)
                {
                    var name = entry.Key[prefix.Length..];
                    if (isOrdered && range?.IsPast(name) == true)
                    {
                        yield break;
                    }

                    if ((range is null || range.Holds(name)) && !ReservedKeys.Holds(entry.Key))
                    {
                        yield return new SideEntry(name, entry.Size, entry.LastModified, entry.Tag, entry.Tier);
                    }
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task FetchAsync(IBucket bucket, ListOptions options, SideRequests requests, ChannelWriter<ListPage> pages, CancellationToken cancellationToken)
    {
        try
        {
            string? continuation = null;
            do
            {
                var page = await bucket.ListPageAsync(options with { ContinuationToken = continuation }, cancellationToken).ConfigureAwait(false);
                requests.Listed();
                await pages.WriteAsync(page, cancellationToken).ConfigureAwait(false);
                continuation = page.ContinuationToken;
            }
            while (continuation is not null);
            pages.Complete();
        }
#pragma warning disable CA1031 // Raised by the reader.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            pages.Complete(exception);
        }
    }
}
