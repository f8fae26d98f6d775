using SkyCompat.Contracts;

namespace SkyCompat.Compute.Tests.Coverage;

/// <summary>Notes which operations of the provider each operation of an adapter asks for. They are named by the provider's own description, as the contract checks found them in it.</summary>
internal sealed class CoverageTable(ContractLog log)
{
    private const int MaxAttempts = 200;

    /// <summary>The provider's operations by the adapter's.</summary>
    public SortedDictionary<string, SortedSet<string>> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>Sends something again as the engine does, without its pauses, and notes what it asks for.</summary>
    public async Task<T> AddAsync<T>(string operation, Func<Task<T>> send)
    {
        var before = log.Operations.ToDictionary();
        var result = await RetryAsync(send);
        if (!Rows.TryGetValue(operation, out var asked))
        {
            Rows[operation] = asked = new SortedSet<string>(StringComparer.Ordinal);
        }

        asked.UnionWith(log.Operations.Where(pair => pair.Value > before.GetValueOrDefault(pair.Key)).Select(pair => pair.Key.Operation));
        return result;
    }

    public Task AddAsync(string operation, Func<Task> send) => AddAsync(operation, async () =>
    {
        await send();
        return true;
    });

    /// <summary>Looks until a look shows what is wanted.</summary>
    public async Task<T> UntilAsync<T>(string operation, Func<Task<T>> look, Func<T, bool> isDone)
    {
        for (var looks = 0; looks < MaxAttempts; looks++)
        {
            if (await AddAsync(operation, look) is var seen && isDone(seen))
            {
                return seen;
            }
        }

        throw new InvalidOperationException($"{operation} never showed what was waited for.");
    }

    private static async Task<T> RetryAsync<T>(Func<Task<T>> send)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await send();
            }
            catch (CloudException exception) when (exception.IsTransient && attempt < MaxAttempts)
            {
                // Things that are under way are ready after a few looks; the emulators move on with each.
            }
        }
    }
}
