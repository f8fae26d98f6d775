using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The access tokens that are good: those configured, and those issued until they expire.</summary>
internal sealed class AccessTokens(TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(3599);
    private readonly ConcurrentDictionary<string, (string Caller, DateTimeOffset Expires)> _tokens = new(StringComparer.Ordinal);

    public void Add(string token, string caller = "configured") => _tokens[token] = (caller, DateTimeOffset.MaxValue);

    public string Issue(string caller)
    {
        var token = "ya29.emulator-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _tokens[token] = (caller, clock.GetUtcNow() + Life);
        return token;
    }

    /// <summary>Every token issued so far is refused from now on; those configured stay.</summary>
    public void RevokeIssued()
    {
        foreach (var (token, entry) in _tokens)
        {
            if (entry.Expires != DateTimeOffset.MaxValue)
            {
                _tokens.TryRemove(token, out _);
            }
        }
    }

    /// <summary>Who holds it, null if it is not good.</summary>
    public string? Caller(string token) => _tokens.TryGetValue(token, out var entry) && entry.Expires > clock.GetUtcNow() ? entry.Caller : null;
}
