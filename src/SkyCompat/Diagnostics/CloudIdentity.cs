namespace SkyCompat.Diagnostics;

/// <summary>What errors, spans and metrics say of a cloud.</summary>
internal sealed record CloudIdentity(string Name, CloudProvider Provider, CloudLocation Location, string? ServerAddress, string ConfigurationPath)
{
    /// <summary>The host of the address, without its port; empty if there is no address.</summary>
    public string Host => ServerAddress is not null && Uri.TryCreate($"http://{ServerAddress}", UriKind.Absolute, out var uri) ? uri.DnsSafeHost : "";

    /// <summary>The provider by OpenTelemetry's names, where it has one.</summary>
    public string ProviderTag { get; } = Provider.Name switch
    {
        "Aws" => "aws",
        "Azure" => "azure",
        "Google" => "gcp",
        "Alibaba" => "alibaba_cloud",
        var other => other.ToLowerInvariant(),
    };
}
