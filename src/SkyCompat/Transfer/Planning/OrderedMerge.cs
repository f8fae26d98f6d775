using System.Runtime.CompilerServices;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Planning;

/// <summary>Goes through two lists in key order side by side: what is in one only, and what is in both. Holds one entry of each.</summary>
internal static class OrderedMerge
{
    public static async IAsyncEnumerable<(SideEntry? Source, SideEntry? Target)> JoinAsync(
        IAsyncEnumerable<SideEntry> source, IAsyncEnumerable<SideEntry> target, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var left = new Cursor(source, "source", cancellationToken);
        await using var leftLifetime = left.ConfigureAwait(false);
        var right = new Cursor(target, "destination", cancellationToken);
        await using var rightLifetime = right.ConfigureAwait(false);

        // Both first pages are asked for at the same time.
        await Task.WhenAll(left.MoveNextAsync().AsTask(), right.MoveNextAsync().AsTask()).ConfigureAwait(false);
        while (left.Current is not null || right.Current is not null)
        {
            var order = left.Current is null ? 1 : right.Current is null ? -1 : KeyOrder.Compare(left.Current.Value.Name, right.Current.Value.Name);
            yield return (order <= 0 ? left.Current : null, order >= 0 ? right.Current : null);
            if (order <= 0)
            {
                await left.MoveNextAsync().ConfigureAwait(false);
            }

            if (order >= 0)
            {
                await right.MoveNextAsync().ConfigureAwait(false);
            }
        }
    }

    private sealed class Cursor(IAsyncEnumerable<SideEntry> entries, string side, CancellationToken cancellationToken) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SideEntry> _entries = entries.GetAsyncEnumerator(cancellationToken);

        public SideEntry? Current { get; private set; }

        public async ValueTask MoveNextAsync()
        {
            var last = Current;
            Current = await _entries.MoveNextAsync().ConfigureAwait(false) ? _entries.Current : null;
            if (last is { } before && Current is { } now && KeyOrder.Compare(before.Name, now.Name) >= 0)
            {
                // To go on would take what is out of place for missing, and a mirror would delete it.
                throw new CloudException(CloudErrorCode.DataCorrupted, $"The list of the {side} is not in key order: '{now.Name}' came after '{before.Name}'. A sync needs ordered lists; copy instead.")
                {
                    Operation = "ListObjects",
                };
            }
        }

        public ValueTask DisposeAsync() => _entries.DisposeAsync();
    }
}
