using System.Collections.Concurrent;

namespace SkyCompat.Alibaba;

/// <summary>The client tokens of things that are found again by their names. A token lives until its request is answered, so that one whose reply was lost is sent again with the same token; a token
/// made of the name alone would give back, after a deletion, the thing that was deleted.</summary>
internal sealed class PendingTokens
{
    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);

    /// <summary>Sends a request that makes something.</summary>
    /// <param name="what">What it makes.</param>
    /// <param name="send">Sends it with a token.</param>
    public async Task<T> UseAsync<T>(string what, Func<string, Task<T>> send)
    {
        var token = _tokens.GetOrAdd(what, static _ => Guid.NewGuid().ToString("N"));
        try
        {
            var made = await send(token).ConfigureAwait(false);
            _tokens.TryRemove(what, out _);
            return made;
        }
        catch (CloudException exception) when (!exception.IsTransient)
        {
            _tokens.TryRemove(what, out _);
            throw;
        }
    }
}
