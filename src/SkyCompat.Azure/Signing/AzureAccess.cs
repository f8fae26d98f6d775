namespace SkyCompat.Azure;

/// <summary>How requests are authorized: exactly one of the three is set.</summary>
internal sealed class AzureAccess
{
    /// <summary>The account key.</summary>
    public SharedKeySigner? Key { get; init; }

    /// <summary>A shared access signature, without a leading question mark.</summary>
    public string? Sas { get; init; }

    /// <summary>Entra ID tokens.</summary>
    public TokenSource? Tokens { get; init; }
}
