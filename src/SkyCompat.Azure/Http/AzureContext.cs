namespace SkyCompat.Azure;

/// <summary>What all containers of a cloud share.</summary>
internal sealed class AzureContext
{
    public required AzureEndpoint Endpoint { get; init; }

    public required AzureAccess Access { get; init; }

    public required ServerClock Clock { get; init; }

    public required HttpMessageInvoker Http { get; init; }

    public required AzureOptions Options { get; init; }

    /// <summary>The region that the account is in, if configured.</summary>
    public string? Region { get; init; }
}
