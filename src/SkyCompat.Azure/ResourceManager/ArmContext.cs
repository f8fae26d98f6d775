namespace SkyCompat.Azure;

/// <summary>What all requests to Azure Resource Manager of one cloud share.</summary>
internal sealed class ArmContext
{
    /// <summary>The endpoint, without a path.</summary>
    public required Uri Endpoint { get; init; }

    public required TokenSource Tokens { get; init; }

    public required ServerClock Clock { get; init; }

    public required HttpMessageInvoker Http { get; init; }

    public required ArmScope Scope { get; init; }
}
