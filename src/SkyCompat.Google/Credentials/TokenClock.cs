namespace SkyCompat.Google;

/// <summary>The store's time for Google's own library, which dates and signs tokens by it.</summary>
internal sealed class TokenClock(ServerClock clock) : global::Google.Apis.Util.IClock
{
    public DateTime Now => clock.Now.LocalDateTime;

    public DateTime UtcNow => clock.Now.UtcDateTime;
}
