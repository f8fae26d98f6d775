namespace SkyCompat.S3;

/// <summary>The endpoint of a cloud: gives each bucket its address.</summary>
internal class S3Endpoint
{
    private const string RegionPlaceholder = "{region}";
    private readonly string? _template;
    private readonly string? _configured;
    private readonly S3AddressingStyle _addressing;

    /// <summary>Describes an endpoint.</summary>
    /// <param name="template">The profile's endpoint, with a placeholder for the region.</param>
    /// <param name="configured">The configured endpoint, which wins; the region then only signs.</param>
    /// <param name="region">The region.</param>
    /// <param name="addressing">Where requests name their bucket.</param>
    public S3Endpoint(string? template, string? configured, string region, S3AddressingStyle addressing)
    {
        _template = template;
        _configured = configured;
        _addressing = addressing;
        Region = region;
        Uri = UriFor(region);
    }

    public string Region { get; }

    public Uri Uri { get; }

    public bool IsHttps => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether a body needs a signature because somebody between here and the store could change it.</summary>
    public bool IsExposed => !IsHttps && !Uri.IsLoopback;

    /// <summary>Host and port.</summary>
    public string Authority => Uri.Authority;

    /// <summary>The address of a bucket in a region, which is another than the endpoint's once the store told so.</summary>
    public virtual S3Address AddressOf(string bucket, string region)
    {
        var uri = UriFor(region);
        var basePath = uri.AbsolutePath.EndsWith('/') ? uri.AbsolutePath : uri.AbsolutePath + "/";
        var inHost = _addressing == S3AddressingStyle.VirtualHost && IsHostLabel(bucket);
        var host = inHost ? $"{bucket}.{uri.Authority}" : uri.Authority;
        var path = inHost ? basePath : $"{basePath}{UriCharacters.Encode(bucket, keepSlash: false)}/";

        // A bucket's own path has no slash at its end, save where it is the root.
        return new S3Address(region, host, $"{uri.Scheme}://{host}", path, path.Length > 1 ? path[..^1] : path);
    }

    /// <summary>A name with dots would need a certificate for several labels, one with other characters is no label at all.</summary>
    private static bool IsHostLabel(string bucket)
    {
        foreach (var character in bucket)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The endpoint of a region.</summary>
    protected Uri UriFor(string region) => new(_configured ?? _template!.Replace(RegionPlaceholder, region, StringComparison.Ordinal));
}
