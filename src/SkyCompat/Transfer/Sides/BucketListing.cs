using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>Lists a bucket with the next page on its way while this one is used.</summary>
internal static class BucketListing
{
    private const int PagesAhead = 2;

    public static async IAsyncEnumerable<SideEntry> ListAsync(IBucket bucket, string prefix, SideRequests requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = Channel.CreateBounded<ListPage>(new BoundedChannelOptions(PagesAhead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetching = FetchAsync(bucket, prefix, requests, pages.Writer, stop.Token);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var entry in page.Entries)
                {
                    yield return new SideEntry(entry.Key[prefix.Length..], entry.Size, entry.LastModified, entry.Tag, entry.Tier);
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await fetching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task FetchAsync(IBucket bucket, string prefix, SideRequests requests, ChannelWriter<ListPage> pages, CancellationToken cancellationToken)
    {
        try
        {
            string? continuation = null;
            do
            {
                var page = await bucket.ListPageAsync(new ListOptions { Prefix = prefix, ContinuationToken = continuation }, cancellationToken).ConfigureAwait(false);
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
