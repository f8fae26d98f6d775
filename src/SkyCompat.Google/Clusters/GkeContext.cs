namespace SkyCompat.Google;

/// <summary>What all requests of a cloud to Kubernetes Engine share.</summary>
internal sealed class GkeContext
{
    public const string DefaultEndpoint = "https://container.googleapis.com";

    /// <param name="endpoint">The URL of Kubernetes Engine.</param>
    public GkeContext(string endpoint)
    {
        var uri = new Uri(endpoint);
        Authority = uri.Authority;
        Root = $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath.TrimEnd('/')}/v1";
    }

    /// <summary>Host and port.</summary>
    public string Authority { get; }

    /// <summary>The URL of the interface.</summary>
    public string Root { get; }

    public required string ProjectId { get; init; }

    /// <summary>The region or zone of clusters; empty if none is configured.</summary>
    public required string Location { get; init; }

    public required GoogleTokenSource Tokens { get; init; }

    public required ServerClock Clock { get; init; }

    public required HttpMessageInvoker Http { get; init; }

    /// <summary>Compute Engine, which knows the zones of a region.</summary>
    public required GceClient Machines { get; init; }

    /// <summary>Whether clusters are in several zones of a region.</summary>
    public bool IsRegional => Location.Split('-').Length < 3;
}
