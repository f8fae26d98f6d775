namespace SkyCompat.Google;

/// <summary>What all buckets of a cloud share.</summary>
internal sealed class GoogleContext
{
    public required GoogleEndpoint Endpoint { get; init; }

    public required GoogleTokenSource Tokens { get; init; }

    public required ServerClock Clock { get; init; }

    public required HttpMessageInvoker Http { get; init; }

    /// <summary>The project that buckets are made and listed in, if it is configured.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The location of new buckets, if it is configured.</summary>
    public string? Location { get; init; }

    /// <summary>The service account that signs where the credentials hold no private key, if it is configured.</summary>
    public string? SignerEmail { get; init; }

    /// <summary>Whether these credentials can sign at all.</summary>
    public bool CanSign { get; init; } = true;
}
