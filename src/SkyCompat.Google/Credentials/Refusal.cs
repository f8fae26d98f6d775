using System.Net;

namespace SkyCompat.Google;

/// <summary>What a refused request taught.</summary>
/// <param name="IsSkewed">Whether the provider's clock and this machine's differ by more than is allowed.</param>
/// <param name="IsCured">Whether the next request will be authorized otherwise than this one.</param>
internal readonly record struct Refusal(bool IsSkewed, bool IsCured)
{
    /// <summary>Learns from a reply: the time, and that a token has ended.</summary>
    public static Refusal Learn(HttpResponseMessage response, GoogleToken? token, GoogleTokenSource tokens, ServerClock clock)
    {
        if (response.StatusCode != HttpStatusCode.Unauthorized || token is null)
        {
            return default;
        }

        var skewed = response.Headers.Date is { } serverTime && clock.Learn(serverTime);

        // A token that was good before has been revoked or has ended; one that was made by a wrong clock can be made by the right one. Any other is no better a second time.
        return new Refusal(skewed, (skewed || token.WasAccepted) && tokens.Forget(token));
    }
}
