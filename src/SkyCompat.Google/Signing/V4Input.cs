namespace SkyCompat.Google;

/// <summary>A request that is to be signed in its query.</summary>
internal sealed record V4Input
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>https, or http for an emulator.</summary>
    public required string Scheme { get; init; }

    /// <summary>Host and port.</summary>
    public required string Host { get; init; }

    /// <summary>The encoded path.</summary>
    public required string Path { get; init; }

    /// <summary>The parameters of the request, not yet encoded.</summary>
    public IReadOnlyList<NameValue> Query { get; init; } = [];

    /// <summary>The headers that must be sent so, the host aside.</summary>
    public IReadOnlyList<NameValue> Headers { get; init; } = [];

    /// <summary>The service account.</summary>
    public required string Email { get; init; }

    /// <summary>When the life of the URL begins.</summary>
    public required DateTimeOffset Instant { get; init; }

    /// <summary>How long it lasts.</summary>
    public required long Seconds { get; init; }
}
