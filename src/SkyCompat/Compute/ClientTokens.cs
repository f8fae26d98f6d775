using System.Collections.Concurrent;

namespace SkyCompat.Compute;

/// <summary>Makes things by client tokens that outlive what they made: a provider answers a token that it has seen with the id of then, although that may be deleted and is not shown any more. What is
/// answered is therefore looked up; what is not shown is of another generation, and the token of the next is made of the old one and the id that is gone. It is the same in every process, so that a
/// launch that was cut off in one is found by another.</summary>
internal sealed class ClientTokens(ComputeCalls calls)
{
    // More than anybody deletes and makes anew under one name while a provider remembers its tokens.
    private const int MaxGenerations = 200;
    private const int MaxRemembered = 1000;

    private readonly ConcurrentDictionary<string, byte> _deleted = new(StringComparer.Ordinal);

    /// <summary>Notes that this process deletes something, so that a token that is answered with it need not be waited for.</summary>
    public void Deleted(string id)
    {
        // Forgetting costs a wait, not a mistake.
        if (_deleted.Count >= MaxRemembered)
        {
            _deleted.Clear();
        }

        _deleted[id] = 0;
    }

    /// <summary>Makes something, and looks until it is shown.</summary>
    /// <param name="token">The token of the first generation.</param>
    /// <param name="make">Makes it by a token.</param>
    /// <param name="idOf">Its id; null if nothing was made.</param>
    /// <param name="look">Looks it up; null if it is not shown.</param>
    /// <param name="cancellationToken">Stops before the next request.</param>
    /// <returns>What the provider answered, and what it shows; nothing is shown where nothing was made.</returns>
    public async Task<(TMade Made, TSeen? Seen)> UseAsync<TMade, TSeen>(
        string token, Func<string, CancellationToken, Task<TMade>> make, Func<TMade, string?> idOf, Func<TMade, CancellationToken, Task<TSeen?>> look, CancellationToken cancellationToken)
        where TSeen : class
    {
        for (var generation = 0; generation < MaxGenerations; generation++)
        {
            var made = await make(token, cancellationToken).ConfigureAwait(false);
            if (idOf(made) is not { } id)
            {
                return (made, null);
            }

            if (await SeeAsync(id, made, look, cancellationToken).ConfigureAwait(false) is { } seen)
            {
                _deleted.TryRemove(id, out _);
                return (made, seen);
            }

            token = Fingerprint.Of(32, [token, id]);
        }

        throw new CloudException(CloudErrorCode.Conflict, $"What is made under this name is gone at once, {MaxGenerations} times. Look what deletes it, or choose another name.") { IsTransient = false };
    }

    private async Task<TSeen?> SeeAsync<TMade, TSeen>(string id, TMade made, Func<TMade, CancellationToken, Task<TSeen?>> look, CancellationToken cancellationToken)
        where TSeen : class
    {
        var started = calls.Time.GetTimestamp();
        while (true)
        {
            try
            {
                if (await look(made, cancellationToken).ConfigureAwait(false) is { } seen)
                {
                    return seen;
                }
            }
            catch (CloudException exception)
            {
                // It is made, only not seen.
                throw exception.WithMayHaveTakenEffect();
            }

            if (_deleted.ContainsKey(id) || calls.Time.GetElapsedTime(started) >= calls.Driver.TokenGrace)
            {
                return null;
            }

            await Task.Delay(calls.PollInterval, calls.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
