using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Contracts;

/// <summary>A service that an adapter talks to in a test: where it is, and what describes it.</summary>
public sealed class ContractService
{
    /// <summary>What describes it; null for a place whose requests are not described anywhere and pass unchecked.</summary>
    public required ApiDescription? Description { get; init; }

    /// <summary>Its address, of which host and port count; hosts that end in this one name a bucket.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The server's name, for what is allowed only there; empty for the provider itself.</summary>
    public string Server { get; init; } = "";

    /// <summary>What stands before every path, such as an emulator's account name with its slash; empty for nothing.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>The beginnings of the paths that belong to the service where several share an address; empty for all.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Recomputes signatures; null to leave them unchecked.</summary>
    public ISignatureVerifier? Signatures { get; init; }

    /// <summary>Whether a request without a signature of that kind is wrong.</summary>
    public bool RequiresSignature { get; init; }

    /// <summary>Whether versions of the interface newer than the description's may be asked for.</summary>
    public bool AllowsNewerVersions { get; init; }

    /// <summary>A path as the description has it.</summary>
    internal string Strip(string path)
    {
        if (BasePath.Length == 0 || !path.StartsWith(BasePath, StringComparison.Ordinal))
        {
            return path;
        }

        var rest = path[BasePath.Length..];
        return rest.StartsWith('/') ? rest : "/" + rest;
    }

    /// <summary>Tells whether a request is for this service.</summary>
    internal bool Takes(Uri uri, string path)
    {
        var isHere = uri.Port == Endpoint.Port &&
            (uri.Host.Equals(Endpoint.Host, StringComparison.OrdinalIgnoreCase) || uri.Host.EndsWith("." + Endpoint.Host, StringComparison.OrdinalIgnoreCase));
        return isHere && (Paths.Count == 0 || Paths.Any(start => path.StartsWith(start, StringComparison.Ordinal)));
    }
}
