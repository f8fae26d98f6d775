namespace SkyCompat.Google;

/// <summary>An access token in the form in which requests carry it.</summary>
internal sealed class GoogleToken(string accessToken)
{
    private volatile bool _wasAccepted;

    /// <summary>The value of the Authorization header.</summary>
    public string Authorization { get; } = "Bearer " + accessToken;

    /// <summary>Whether the store took it at least once.</summary>
    public bool WasAccepted
    {
        get => _wasAccepted;
        set => _wasAccepted = value;
    }

    public override string ToString() => nameof(GoogleToken);
}
