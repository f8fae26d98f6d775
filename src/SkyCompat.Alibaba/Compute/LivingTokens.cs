using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Alibaba;

/// <summary>Makes things by client tokens that outlive what they made: the provider answers a token that it has seen with the ids of then, although they may be deleted and are not shown any more.
/// What is answered is therefore looked up. What is not shown may be too new or gone; the call is asked again a while later, and what is still not shown is gone, and the next token of the same
/// chain is used, which is the same in every process.</summary>
internal sealed class LivingTokens
{
    /// <summary>More than the time after which something new is shown. The engine waits no longer than this by default.</summary>
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, string> _unseen = new(StringComparer.Ordinal);

    /// <summary>Makes something.</summary>
    /// <param name="token">The first token.</param>
    /// <param name="make">Makes it by a token.</param>
    /// <param name="idOf">Its id; null if nothing was made.</param>
    /// <param name="isShown">Whether it is there.</param>
    /// <returns>What is there.</returns>
    /// <exception cref="CloudException">Conflict, transient: it is not shown yet.</exception>
    public async Task<T> UseAsync<T>(string token, Func<string, Task<T>> make, Func<T, string?> idOf, Func<T, Task<bool>> isShown)
    {
        while (true)
        {
            var made = await make(token).ConfigureAwait(false);
            if (idOf(made) is not { } id || await isShown(made).ConfigureAwait(false))
            {
                return made;
            }

            if (_unseen.TryAdd(id, token))
            {
                throw new CloudException(CloudErrorCode.Conflict, $"'{id}' is not shown yet.") { IsTransient = true, RetryAfter = Visibility, MayHaveTakenEffect = true };
            }

            token = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{token}\n{id}")))[..32];
        }
    }
}
