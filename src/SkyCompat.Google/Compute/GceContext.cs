namespace SkyCompat.Google;

/// <summary>What all requests of a cloud to Compute Engine share.</summary>
internal sealed class GceContext
{
    public const string DefaultEndpoint = "https://compute.googleapis.com";

    /// <param name="endpoint">The URL of Compute Engine.</param>
    public GceContext(string endpoint)
    {
        var uri = new Uri(endpoint);
        Authority = uri.Authority;
        Root = $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath.TrimEnd('/')}/compute/v1/projects";
    }

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    /// <summary>The URL of the collection of projects.</summary>
    public string Root { get; }

    public required string ProjectId { get; init; }

    /// <summary>The region to use where none is asked for; empty if none is configured.</summary>
    public required string Region { get; init; }

    public required GoogleTokenSource Tokens { get; init; }

    public required ServerClock Clock { get; init; }

    public required HttpMessageInvoker Http { get; init; }
}
